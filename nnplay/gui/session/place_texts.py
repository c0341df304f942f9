"""Where something is in a run, in words: at which epoch, and behind which batch of it."""

from nnplay.gui.widgets.number_format import count_text
from nnplay.texts import mark, tr


def found_text(what: str, epoch: int, batch: int, *, since: bool = False) -> str:
    """Where something is in a run: ``Loss below 0.05: epoch 212, batch 3``."""
    texts = {
        (False, False): mark("{what}: epoch {epoch}"),
        (False, True): mark("{what}: epoch {epoch}, batch {batch}"),
        (True, False): mark("{what}: since epoch {epoch}"),
        (True, True): mark("{what}: since epoch {epoch}, batch {batch}"),
    }
    return tr(texts[since, batch > 0], what=what, epoch=count_text(epoch), batch=count_text(batch))


def stopped_text(what: str, epoch: int, batch: int) -> str:
    """Where a run was ended: ``Loss below 0.05: stopped at epoch 212, batch 3``."""
    text = (
        mark("{what}: stopped at epoch {epoch}, batch {batch}") if batch else mark("{what}: stopped at epoch {epoch}")
    )
    return tr(text, what=what, epoch=count_text(epoch), batch=count_text(batch))
