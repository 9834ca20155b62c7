"""What the engine does about a diagram while nobody waits for an answer: repairs, then costs."""

from collections.abc import Callable

from graphstudio.catalog.entries import Catalog
from graphstudio.engine.cost import Meter
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.repairs import Repairer
from graphstudio.protocol import Inspect, Inspected, Measure, Measured, Repairs


class Later:
    """Work that gives way to each request that comes, and is taken up again after it.

    Args:
        inspector: asked about diagrams.
        catalog: what diagrams can hold.
        interrupted: whether a request waits.
    """

    def __init__(
        self, inspector: Inspector, catalog: Catalog, interrupted: Callable[[], bool]
    ) -> None:
        self._repairer = Repairer(inspector, catalog)
        self._meter = Meter(inspector, catalog)
        self._interrupted = interrupted
        self._inspected: tuple[Inspect, Inspected] | None = None
        self._measure: Measure | None = None

    def look_for_repairs(self, question: Inspect, answer: Inspected) -> None:
        """Look for ways out of what was found; what was to be done about older diagrams is not."""
        self._inspected = (question, answer)
        self._measure = None

    def measure(self, question: Measure) -> None:
        """Measure a diagram."""
        self._measure = question

    def take_up(self) -> Repairs | Measured | None:
        """Do the next piece of work; return none where it was interrupted or there is none.

        A piece that fails is given up.
        """
        if self._inspected is not None:
            return self._repairs(*self._inspected)
        if self._measure is not None:
            return self._cost(self._measure)
        return None

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return self._inspected is None and self._measure is None

    def _repairs(self, question: Inspect, answer: Inspected) -> Repairs | None:
        self._inspected = None
        remedies = self._repairer.remedies(question, answer, self._interrupted)
        if remedies is None:
            self._inspected = (question, answer)
            return None
        return Repairs(id=answer.id, remedies=remedies) if remedies else None

    def _cost(self, question: Measure) -> Measured | None:
        self._measure = None
        measured = self._meter.measure(question, self._interrupted)
        if measured is None:
            self._measure = question
        return measured
