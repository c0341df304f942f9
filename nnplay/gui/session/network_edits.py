"""Edits of the network itself, which its experiment doesn't name: a weight, a bias, a unit that is switched off."""

from collections.abc import Callable

from PySide6.QtCore import SignalInstance

from nnplay.gui.session.commands import Submit, set_parameter, switch_unit
from nnplay.gui.session.edit_words import parameter_words, unit_words
from nnplay.gui.session.undo_stack import UndoStack
from nnplay.gui.widgets.number_format import number_text
from nnplay.texts import tr
from nnplay.training.record import ParameterEdit, UnitEdit
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
        self._set(ParameterEdit(layer=layer, row=i, unit=o, value=value))

    def set_bias(self, layer: int, o: int, value: float) -> None:
        """Set the bias of unit `o` of dense layer `layer`."""
        self._set(ParameterEdit(layer=layer, unit=o, value=value))

    def set_unit_enabled(self, layer: int, unit: int, enabled: bool) -> None:
        """Switch a unit of a hidden layer on or off."""
        text = unit_words(UnitEdit(layer=layer, unit=unit, enabled=enabled))
        if self._stack.doing:
            return
        self._take_up()
        self._stack.add(text, switch_unit(text, layer, unit, enabled, self._submit))
        self._message.emit(text)

    def _set(self, edit: ParameterEdit) -> None:
        text, layer, row, unit = parameter_words(edit), edit.layer, edit.row, edit.unit
        if self._stack.doing:
            return
        self._take_up()
        network = self._trainer().network
        there = network.biases[layer][unit] if row is None else network.weights[layer][row, unit]
        old = number_text(float(there), 4)
        self._stack.add(text, set_parameter(text, layer, row, unit, edit.value, self._submit))
        self._message.emit(tr("{change}, was {old}", change=text, old=old))
