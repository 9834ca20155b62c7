"""What is drawn inside of a model without meaning, as it lies once the model is expanded."""

from collections.abc import Iterator
from typing import TypeVar

from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, Frame, FrameId, Note, NoteId, Position, WireId

_Mark = TypeVar("_Mark", Frame, Note)


class InnerDrawing:
    """The bends, frames and notes of a model on their way to where its node lies.

    Args:
        inner: the model.
        outer: the diagram with its node.
        way: how far everything inside goes, to the right and down.
    """

    def __init__(self, inner: Diagram, outer: Diagram, way: tuple[float, float]) -> None:
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
            *(map(self._there, inner.get(inside, ())) if inside else ()),
            *(outer.get(after, ()) if after else ()),
        )
        if passed:
            self._bends[wire] = passed

    def put_into(self, diagram: Diagram, ids: Iterator[str]) -> Diagram:
        """Return the diagram after the model was expanded, with what was drawn inside."""
        kept = {key: places for key, places in diagram.bends.items() if key in diagram.wires}
        frames, notes = dict(diagram.frames), dict(diagram.notes)
        for frame_id, frame in self._inner.frames.items():
            frames[FrameId(next(ids)) if frame_id in frames else frame_id] = self._moved(frame)
        for note_id, note in self._inner.notes.items():
            notes[NoteId(next(ids)) if note_id in notes else note_id] = self._moved(note)
        return replace(diagram, bends={**kept, **self._bends}, frames=frames, notes=notes)

    def _there(self, place: Position) -> Position:
        return Position(place.x + self._way[0], place.y + self._way[1])

    def _moved(self, mark: _Mark) -> _Mark:
        return replace(mark, x=mark.x + self._way[0], y=mark.y + self._way[1])
