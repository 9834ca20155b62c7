"""Offering back what a crash left, one journal at a time."""

from pathlib import Path

from PySide6.QtCore import QObject

from graphstudio.studio.document import Document
from graphstudio.studio.files import Files
from graphstudio.studio.journal import Journal, LeftJournal, left_journals
from graphstudio.studio.notice import NoticeBar


class Recovery(QObject):
    """Asks about the journals that no running studio holds.

    Args:
        document: what a journal is restored into.
        files: which ask about unsaved edits before that.
        notices: where it asks.
        journal: the document's own, which holds what was restored from then on.
        parent: what it lives as long as.
    """

    def __init__(
        self,
        document: Document,
        files: Files,
        notices: NoticeBar,
        journal: Journal,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._files = files
        self._notices = notices
        self._journal = journal
        self._restored: set[Path] = set()

    def offer(self) -> None:
        """Offer the newest journal back, if there is one."""
        found = (
            one for one in left_journals(self._journal.folder) if one.file not in self._restored
        )
        left = next(found, None)
        if left is None:
            return
        name = left.path.name if left.path else "an unsaved project"
        self._notices.say(
            f"Graph Studio ended before your edits of {name} were saved.",
            (
                ("Restore", lambda: self._ask_to_restore(left)),
                ("Discard", lambda: self._discard(left)),
            ),
        )

    def _ask_to_restore(self, left: LeftJournal) -> None:
        self._files.after_saving(lambda: self._restore(left), cancelled=self.offer)

    def _restore(self, left: LeftJournal) -> None:
        if left.path is not None and self._files.is_elsewhere(left.path):
            self.offer()
            self._notices.say(f"{left.path.name} is open in another window: close it there first.")
            return
        self._document.reset(left.project, left.path, clean=False, digest=left.digest)
        self._journal.take_over(left)
        self._restored.add(left.file)
        self.offer()

    def _discard(self, left: LeftJournal) -> None:
        left.discard()
        self.offer()
