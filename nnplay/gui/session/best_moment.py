"""The moment of a run at which its loss was lowest."""

from nnplay.gui.session.notices import telling
from nnplay.gui.session.place_texts import found_text
from nnplay.gui.session.timeline import Timeline
from nnplay.texts import tr
from nnplay.training.record import best_of


def look_at_best(timeline: Timeline) -> None:
    """Show the moment of the lowest test loss; where there is no test set, of the lowest training loss.

    Raises
    ------
    KernelAwaitedError, NoKernelError
        It can't be looked for.
    """
    timeline.rest()
    best = best_of(timeline.record)
    if best is None:
        timeline.notices.message.emit(tr("There is no loss yet, which would say which moment was the best"))
        return
    timeline.look_at(best.step, found_text(tr(best.marked_label), *timeline.record.current.place_of(best.step)))


go_to_best = telling(look_at_best)
"""The same for a person, who is told where it can't be looked for."""
