"""Where a number of a formula belongs in the network, and the way back."""

from nnplay.gui.session.selection import Address, UnitAddress, WeightAddress
from nnplay.training.arithmetic.expression import Part


def address_of(part: Part | None) -> Address | None:
    """What a number belongs to; None where it is of the whole step."""
    if part is None or part.quantity in ("loss", "target"):
        return None
    if part.row is not None:
        return WeightAddress(part.layer, part.row, part.unit)
    if part.quantity == "bias" or (part.quantity == "gradient" and part.sample is None):
        return WeightAddress(part.layer, None, part.unit)
    return UnitAddress(part.layer, part.unit)


def part_of(address: Address | None) -> Part | None:
    """A number of what is looked at: a weight, a bias, or the activation of a unit."""
    if address is None:
        return None
    if isinstance(address, UnitAddress):
        return Part("a", address.layer, address.unit)
    return Part("bias" if address.row is None else "weight", address.layer, address.unit, address.row)
