"""Edits of the network itself, which its experiment doesn't name: a weight, a bias, a unit that is switched off."""

from collections.abc import Callable

from PySide6.QtCore import SignalInstance

from nnplay.gui.session.commands import Submit, set_parameter, switch_unit
from nnplay.gui.session.undo_stack import UndoStack
from nnplay.gui.widgets.number_format import number_text
from nnplay.texts import tr
from nnplay.training.trainer import Trainer


class NetworkEdits:
    """Makes them for one session, each as a step of its undo stack.

    Parameters
    ----------
    stack
        The undo stack.
    trainer
        Gives the trainer of the run.
    submit
        Calls a change of the run between two steps, and shows what came of it.
    take_up
        Commits what is pending, and goes on from the moment that is looked at.
    message
        Says what was done.
    """

    def __init__(
        self,
        stack: UndoStack,
        trainer: Callable[[], Trainer],
        submit: Submit,
        take_up: Callable[[], None],
        message: SignalInstance,
    ) -> None:
        self._stack, self._trainer, self._submit, self._message = stack, trainer, submit, message
        self._take_up = take_up

    def set_weight(self, layer: int, i: int, o: int, value: float) -> None:
        """Set the weight from input `i` to unit `o` of dense layer `layer`."""
        text = tr("Weight {value}", value=number_text(value))
        self._set(text, layer, i, o, value)

    def set_bias(self, layer: int, o: int, value: float) -> None:
        """Set the bias of unit `o` of dense layer `layer`."""
        text = tr("Bias {value}", value=number_text(value))
        self._set(text, layer, None, o, value)

    def set_unit_enabled(self, layer: int, unit: int, enabled: bool) -> None:
        """Switch a unit of a hidden layer on or off."""
        if enabled:
            text = tr("Unit {unit} of layer {layer} on", unit=unit + 1, layer=layer + 1)
        else:
            text = tr("Unit {unit} of layer {layer} off", unit=unit + 1, layer=layer + 1)
        if self._stack.doing:
            return
        self._take_up()
        self._stack.add(text, switch_unit(text, layer, unit, enabled, self._submit))
        self._message.emit(text)

    def _set(self, text: str, layer: int, row: int | None, unit: int, new: float) -> None:
        if self._stack.doing:
            return
        self._take_up()
        network = self._trainer().network
        there = network.biases[layer][unit] if row is None else network.weights[layer][row, unit]
        old = number_text(float(there), 4)
        self._stack.add(text, set_parameter(text, layer, row, unit, new, self._submit))
        self._message.emit(tr("{change}, was {old}", change=text, old=old))
