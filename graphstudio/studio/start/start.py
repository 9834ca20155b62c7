"""The start page in the place of the work, until there is something to work on."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from graphstudio.catalog.entries import Catalog
from graphstudio.studio.document import Document
from graphstudio.studio.files import Files
from graphstudio.studio.start.page import StartPage
from graphstudio.studio.theme import Theme


class Start(QStackedWidget):
    """Shows what there is to work on, or the start page.

    Args:
        work: what is shown as soon as the document changes; it gets the keyboard then.
        document: the open project.
        files: what opens files.
        catalog: what examples are drawn by.
        theme: colours and fonts.
    """

    def __init__(
        self, work: QWidget, document: Document, files: Files, catalog: Catalog, theme: Theme
    ) -> None:
        super().__init__()
        self._work = work
        self._document = document
        self._files = files
        self.page = StartPage(catalog, theme)
        self.addWidget(work)
        self.addWidget(self.page)
        self.page.new_wanted.connect(self._begin)
        self.page.left.connect(self.show_work)
        self.page.open_wanted.connect(files.open_dialog)
        self.page.file_chosen.connect(files.open_recent)
        self.page.example_chosen.connect(files.open_example)
        self.currentChanged.connect(self._hand_over)
        document.replaced.connect(self._show_opened)
        document.changed.connect(self.show_work)

    def show_page(self) -> None:
        """Show the start page; the project stays as it is."""
        left = self._document.path is not None or self._document.diagram.nodes
        self.page.offer_way_back(self._document.title if left else "")
        self.setCurrentWidget(self.page)

    def show_work(self) -> None:
        """Show what there is to work on."""
        self.setCurrentWidget(self._work)

    def _show_opened(self) -> None:
        """Show a project that has just been opened: the next key is meant for it."""
        self.show_work()
        self._work.setFocus()

    def _hand_over(self) -> None:
        """Give the keyboard to the work when it comes back; the page takes it itself."""
        if self.currentWidget() is self._work:
            self._work.setFocus()

    def _begin(self) -> None:
        """Show an empty canvas; a project that is open gives way as with New."""
        if self._document.path is None and not self._document.diagram.nodes:
            self.show_work()
        else:
            self._files.new()
