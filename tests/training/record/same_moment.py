"""Two moments that are the same, to the last bit."""

from nnplay.training.moment import Moment


def bytes_of(moment: Moment) -> dict[str, object]:
    """All of a moment that training goes on from; its history and figures are told apart."""
    order = moment.under_way.order
    return {
        "epoch": moment.epoch,
        "position": moment.under_way.position,
        "order": None if order is None else order.astype(int).tolist(),
        "losses": moment.under_way.losses,
        "parameters": moment.network.parameters.tobytes(),
        "statistics": [a.tobytes() for a in (*moment.network.running_means, *moment.network.running_variances)],
        "generator": moment.network.generator,
        "updates": moment.optimizer.steps,
        "memory": {name: array.tobytes() for name, array in moment.optimizer.arrays.items()},
        "off": sorted(moment.disabled_units),
    }


def assert_same_moment(one: Moment, other: Moment) -> None:
    assert bytes_of(one) == bytes_of(other)
