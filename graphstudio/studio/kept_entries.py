"""What the user adds often: favourites and what was used lately, kept from start to start."""

from PySide6.QtCore import QObject, Signal

from graphstudio.studio.settings import open_settings, remembered_texts

_MOST_RECENT = 12
_RECENT, _FAVOURITES = "entries/recent", "entries/favourites"


class KeptEntries(QObject):
    """The public paths of favourites, and of what was used lately.

    Signals:
        changed: either is other than before.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recent = tuple(remembered_texts(_RECENT))
        self._favourites = tuple(remembered_texts(_FAVOURITES))

    @property
    def recent(self) -> tuple[str, ...]:
        """What was used lately, the latest first."""
        return self._recent

    @property
    def favourites(self) -> tuple[str, ...]:
        """What has a star, in the order in which it got it."""
        return self._favourites

    def use(self, path: str) -> None:
        """Note that something was added."""
        self._recent = (path, *_others(_RECENT, path))[:_MOST_RECENT]
        open_settings().setValue(_RECENT, list(self._recent))
        self.changed.emit()

    def toggle(self, path: str) -> None:
        """Give something a star, or take its star away."""
        others = _others(_FAVOURITES, path)
        self._favourites = others if path in self._favourites else (*others, path)
        open_settings().setValue(_FAVOURITES, list(self._favourites))
        self.changed.emit()


def _others(key: str, path: str) -> tuple[str, ...]:
    """Return the other paths that are remembered by now: another window may have changed them."""
    return tuple(one for one in remembered_texts(key) if one != path)
