"""What is drawn inside of a model without meaning, as it lies once the model is expanded."""

from collections.abc import Iterator

from msgspec.structs import replace

from graphstudio.diagram.annotations import shifted
from graphstudio.diagram.bends import Way, farther
from graphstudio.diagram.diagram import Diagram, FrameId, NoteId, Position, WireId


class InnerDrawing:
    """The bends, frames and notes of a model on their way to where its node lies.

    Args:
        inner: the model.
        outer: the diagram with its node.
        way: how far everything inside goes, to the right and down.
    """

    def __init__(self, inner: Diagram, outer: Diagram, way: Way) -> None:
        self._inner = inner
        self._outer = outer
        self._way = way
        self._bends: dict[WireId, tuple[Position, ...]] = {}

    def lay(
        self,
        wire: WireId,
        *,
        before: WireId | None = None,
        inside: WireId | None = None,
        after: WireId | None = None,
    ) -> None:
        """Let a wire pass the places of those that it is made of.

        Args:
            wire: the wire that there is now.
            before: the wire outside that led into the model, if there was one.
            inside: the wire inside.
            after: the wire outside that led out of it, if there was one.
        """
        outer, inner = self._outer.bends, self._inner.bends
        passed = (
            *(outer.get(before, ()) if before else ()),
            *(farther(place, self._way) for place in (inner.get(inside, ()) if inside else ())),
            *(outer.get(after, ()) if after else ()),
        )
        if passed:
            self._bends[wire] = passed

    def put_into(self, diagram: Diagram, ids: Iterator[str]) -> Diagram:
        """Return the diagram after the model was expanded, with what was drawn inside."""
        kept = {key: places for key, places in diagram.bends.items() if key in diagram.wires}
        frames, notes = dict(diagram.frames), dict(diagram.notes)
        for frame_id, frame in self._inner.frames.items():
            new_frame = FrameId(next(ids)) if frame_id in frames else frame_id
            frames[new_frame] = shifted(frame, self._way)
        for note_id, note in self._inner.notes.items():
            new_note = NoteId(next(ids)) if note_id in notes else note_id
            notes[new_note] = shifted(note, self._way)
        return replace(diagram, bends={**kept, **self._bends}, frames=frames, notes=notes)
