"""What people do with frames and notes as such: their titles, colours and texts.

The canvas and the inspector both come here.
"""

from collections.abc import Collection

from graphstudio.diagram import annotations
from graphstudio.diagram.diagram import FrameId, NoteId
from graphstudio.studio.document import Document
from graphstudio.studio.note_text import NoteText
from graphstudio.studio.theme import Palette

# Notes grow by whole steps of the canvas's grid.
_STEP = 8


def retitle_frame(document: Document, frame_id: FrameId, title: str) -> None:
    """Give a frame another title."""
    document.edit("rename frame", lambda diagram: annotations.retitle(diagram, frame_id, title))


def colour_frames(document: Document, frames: Collection[FrameId], colour: str) -> None:
    """Give frames a colour, by its name."""
    document.edit(f"colour {colour}", lambda diagram: annotations.recolour(diagram, frames, colour))


def write_note(document: Document, note_id: NoteId, text: str, palette: Palette) -> None:
    """Write a note, which grows if it has too little room for the text.

    Args:
        document: what is edited.
        note_id: the note.
        text: what it says from now on, in Markdown.
        palette: in whose colours the text is measured.
    """
    note = document.diagram.notes[note_id]
    if text == note.text:
        return
    needed = NoteText(text, note.width, palette).height
    height = max(note.height, -(-needed // _STEP) * _STEP)
    document.edit("edit note", lambda diagram: annotations.rewrite(diagram, note_id, text, height))
