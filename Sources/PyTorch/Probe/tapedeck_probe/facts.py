"""Facts of a run for its diagnosis: what it is made of, and what is measured of some of its steps."""

import time

import torch

from .cuts import CUTS
from .evaluations import Evaluations
from .frames import place, script_frame
from .loop import Loop, LossCall
from .measures import Measures
from .misuses import Misuses, sequence_first
from .mode_calls import ModeCalls
from .own import Own
from .run_facts import Makings, parameters, samples
from .schedules import Schedules
from .step_facts import StepFacts, modules_in_evaluation, modules_with_modes, name_of
from .trials import Trials
from .tensors import number_array
from .watch import Watch

#: These steps are always measured; and those where the host wants to know rather than to be fast.
_FIRST, _FIRST_OF_THOROUGH = 3, 20
#: The seconds that measuring may take at the beginning, and its share of the time after that; and the share where the host
#: wants to know rather than to be fast.
_CREDIT, _SHARE, _SHARE_OF_THOROUGH = 0.1, 0.005, 0.2
#: The same up to this step of a thorough diagnosis: a run is at most twice as long, or these seconds longer.
_EARLY, _CREDIT_OF_EARLY, _SHARE_OF_EARLY = 400, 3.0, 0.5


class Facts:
    """Collects facts where the host wants a diagnosis. An error of its own ends it, and nothing else."""

    def __init__(self, deck):
        self._deck = deck
        self.is_on = bool(deck.session.settings.get("diagnosis"))
        #: Whether the step is watched for its facts alone.
        self.owns_watch = False
        is_thorough = deck.session.settings.get("diagnosis") == "thorough"
        self._first = _FIRST_OF_THOROUGH if is_thorough else _FIRST
        self._share = _SHARE_OF_THOROUGH if is_thorough else _SHARE
        self._early = _EARLY if is_thorough else 0
        self.loop = Loop()
        self.schedules = Schedules()
        self.makings = Makings()
        self.evaluations = Evaluations(deck)
        self.misuses = Misuses(deck)
        self.mode_calls = ModeCalls()
        self.trials = Trials(deck)
        self._cost = 0.0
        self._asked = (0, False)  # the step that was last asked for, and whether it is watched
        self._told = None  # what was last told of the run
        self._roots = []  # the nodes that backward was called on
        self._taken = []  # what the script has taken out of the graph, as (node, place)
        self._old = {}  # the norms of gradients that were there before the first backward

    # Which steps are looked at

    def needs_nodes(self, step):
        """Whether a step is to be watched for its facts."""
        if self._asked[0] != step:
            self._asked = (step, self.is_on and (step <= self._first or self._has_time(step)))
        return self._asked[1]

    def spend(self, seconds):
        """Counts time that a step took longer because it was watched for its facts alone."""
        self._cost += seconds

    def _has_time(self, step):
        is_early = step <= self._early
        credit, share = (_CREDIT_OF_EARLY, _SHARE_OF_EARLY) if is_early else (_CREDIT, self._share)
        return self._cost <= credit + share * self._deck.scalars.seconds()

    def _is_looked_at(self):
        return self.is_on and (self._deck.watch is not None or self.needs_nodes(self._deck.step))

    @property
    def _watch(self):
        watch = self._deck.watch
        return watch if self.is_on and isinstance(watch, Watch) else None

    # What happens

    def made(self, thing):
        """Something is made whose place in the script is worth knowing."""
        if self.is_on:
            self.makings.made(thing)

    def zeroed(self):
        """Gradients are set to zero."""
        if self._is_looked_at():
            self.loop.zeroed()

    def update_begins(self, optimizer):
        """An optimizer is to change the parameters."""
        if self._is_looked_at():
            with Own():
                self.loop.update_begins(optimizer)

    def loss_computed(self, name, output, target, result, kwargs):
        """A loss function was called with gradients."""
        watch = self._watch
        if watch is not None and len(self.loop.losses) < 64:
            self.loop.losses.append(LossCall(name, output, target, result, kwargs, watch.graph.node_of(result)))

    def taken(self, operation, args):
        """The script takes a tensor's numbers out of the graph."""
        watch = self._watch
        if operation not in CUTS or watch is None or not args or not isinstance(args[0], torch.Tensor):
            return
        if args[0].requires_grad and len(self._taken) < 256:
            number = watch.graph.node_of(args[0])
            if number is not None:
                self._taken.append((number, place(script_frame())))

    def backward_begins(self, tensors, accumulates, in_optimizer):
        """Backward is about to run."""
        self.evaluations.backward_begins()
        if self.is_on and accumulates:
            self.misuses.backward_begins()
        watch = self._watch
        if watch is None or not accumulates:
            return
        with Own():
            if not self.loop.backwards:
                self._note_old_gradients()
            for tensor in tensors:
                number = watch.graph.node_of(tensor)
                if number is not None:
                    self._roots.append(number)
            self.loop.backward_begins(tensors, self._deck.evaluation.unscaled(tensors[0]), watch, in_optimizer)

    def _note_old_gradients(self):
        # Another thread may set them to None meanwhile.
        found = [(tensor, tensor.grad) for _, tensor in self._deck.models.parameters]
        found = [(tensor, one) for tensor, one in found if one is not None and one.layout == torch.strided and not one.is_meta]
        self._old = {id(tensor): torch.linalg.vector_norm(one).detach() for tensor, one in found}

    def epoch_ended(self):
        """An epoch has ended."""
        self.schedules.epoch_ended()

    def clipped(self):
        """Gradients are limited."""
        if self._is_looked_at():
            self.loop.clipped()

    def script_ends(self):
        """No step comes any more."""
        never = self.misuses.never_stepped() if self.is_on else None
        if never is not None:
            self._deck.wire.send({"type": "runFacts", "misuses": [never]})

    # What is told

    def step_ended(self, watch):
        """Tells what was measured of a step, where it was watched from its beginning."""
        if not self.is_on:
            return
        try:
            if watch is not None and watch.is_whole and self.loop.backwards:
                self._tell(watch)
        except Exception as error:
            self._fail(error)
        self.trials.forget()
        if self._is_looked_at():
            self.loop.begin()
            self._roots, self._taken, self._old = [], [], {}

    def _tell(self, watch):
        deck, begun = self._deck, time.perf_counter()
        tried = self.trials.run(watch)
        with Own():
            # The numbers of this step and those before it come first.
            deck.scalars.send()
            deck.send_model()
            optimizers = deck.updates.all()
            run = self._run(watch, optimizers)
            if run != self._told:
                self._told = run
                deck.wire.send({"type": "runFacts", **run})
            deck.moments.send_graph(watch)
            header, arrays = StepFacts(deck, watch, self.loop, Measures()).message(
                optimizers, self._old, self._roots, self._taken
            )
            evaluated = modules_in_evaluation(deck.models, optimizers)
            header["modulesInEvaluationMode"] = [name_of(module, deck.models) for module in evaluated]
            header["evaluationModeLocation"] = self.mode_calls.place(evaluated)
            if "evaluationLoss" in tried:
                arrays.append(number_array("evaluationLoss", "f64", [tried.pop("evaluationLoss")]))
            deck.wire.send({**header, **tried, "isAwaited": deck.breakpoints.stop_at_findings}, arrays)
        if deck.breakpoints.stop_at_findings:
            deck.stops.wait_for_verdict()
        self.evaluations.learn_roots(optimizers)
        self._cost += time.perf_counter() - begun

    def _run(self, watch, optimizers):
        deck = self._deck
        return {
            "parameters": parameters(deck.models, optimizers, watch.graph, self.makings),
            "optimizers": [
                {"name": type(one).__name__, "location": self.makings.place(one)} for one in optimizers
            ],
            "schedule": self.schedules.message(),
            "modulesWithModes": modules_with_modes(deck.models, optimizers),
            "sequenceFirst": sequence_first(deck.models, optimizers),
            "misuses": self.misuses.message(optimizers),
            **samples(deck.epochs.training_loader(), self.makings),
        }

    def _fail(self, error):
        self.is_on = self.trials.is_on = False
        self.evaluations.remove()
        trace = error.__traceback__
        while trace.tb_next is not None:
            trace = trace.tb_next
        where = "%s:%d" % (trace.tb_frame.f_code.co_filename.rsplit("/", 1)[-1], trace.tb_lineno)
        text = "The diagnosis has ended after an error of its own: %s: %s (%s)" % (type(error).__name__, error, where)
        self._deck.event("warning", text[:1000])

    # Errors of the script

    def changed_in_place(self, text):
        """The operator that changed what backward needs, by the words of autograd's error, as the exception message has it."""
        watch = self._watch
        if watch is None or "modified by an inplace operation" not in text:
            return {}
        nodes = [node for node in watch.graph.nodes if node.in_place]
        sizes = text.partition("FloatTensor [")[2].partition("]")[0]
        fitting = [node for node in nodes if ", ".join(map(str, node.shapes[0] if node.shapes else ())) == sizes]
        node = (fitting or nodes or [None])[-1]
        return {} if node is None else {"changedBy": node.name, "changedAt": node.location}
