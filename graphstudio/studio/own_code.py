"""The code that the open project brings: what it adds to the catalog, and whether it may run."""

from collections.abc import Mapping

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.catalog.own_code import uses_own, with_own
from graphstudio.studio.document import Document
from graphstudio.studio.trust import Trust


class OwnCode(QObject):
    """Follows the document's code.

    Args:
        document: the open project.
        catalog: what Keras offers.
        trust: which code may run.
        parent: what it lives as long as.

    Signals:
        catalog_changed: what can be put on the canvas now.
        agreement_changed: whether the user has to agree is other than before.
    """

    catalog_changed = Signal(object)
    agreement_changed = Signal()

    def __init__(
        self, document: Document, catalog: Catalog, trust: Trust, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._base = catalog
        self._trust = trust
        self._code = document.project.code
        self._catalog = with_own(catalog, self._code)
        self._asked = self.asks
        document.changed.connect(self._follow)
        trust.changed.connect(self._tell_agreement)

    @property
    def catalog(self) -> Catalog:
        """What can be put on the canvas: Keras's, the packages' and the project's own."""
        return self._catalog

    @property
    def asks(self) -> bool:
        """Whether the project has code that does not run until the user agrees."""
        return not self._trust.allows(self._document.project.code)

    @property
    def keeps_from_training(self) -> bool:
        """Whether the model needs that code."""
        return self.asks and uses_own(self._document.whole)

    def take_packages(self, layers: Mapping[str, Entry]) -> None:
        """Add what installed packages offer to the catalog."""
        if dict(layers) != dict(self._base.own):
            self._base = replace(self._base, own=layers)
            self._renew()

    def write(self, code: str) -> None:
        """Make a source the project's, as an edit that can be undone.

        What the user writes here may run, unless it changes code that was not agreed to.
        """
        if not self.asks:
            self._trust.agree(code)
        self._document.apply("edit own code", lambda project: replace(project, code=code))

    def agree(self) -> None:
        """Let the project's code run."""
        self._trust.agree(self._document.project.code)

    def stop(self) -> None:
        """Let the project's code run no more until the user agrees again."""
        self._trust.withdraw(self._document.project.code)

    def _follow(self) -> None:
        if self._document.project.code != self._code:
            self._code = self._document.project.code
            self._renew()
        self._tell_agreement()

    def _renew(self) -> None:
        self._catalog = with_own(self._base, self._code)
        self.catalog_changed.emit(self._catalog)

    def _tell_agreement(self) -> None:
        if self.asks != self._asked:
            self._asked = self.asks
            self.agreement_changed.emit()
