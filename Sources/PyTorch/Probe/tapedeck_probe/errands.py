"""What the run is on its way to: where it stops next."""

from .graph import PHASES

RUN, END, NOW, NODE, PHASE, STEP, NAME, POSITION = "run", "end", "now", "node", "phase", "step", "name", "position"


class Errand:
    """Where the run stops next."""

    def __init__(self, kind=RUN, step=0, phase=0, place=0, round_=0, name=None):
        self.kind = kind
        self.step, self.phase, self.place, self.round = step, phase, place, round_
        self.name = name

    def needs_nodes(self, step):
        """Whether the nodes of a step must be watched for it."""
        if self.kind == RUN:
            return False
        if self.kind in (STEP, POSITION):
            return step >= self.step
        return True

    def stops_at(self, step, visit):
        """Whether the run stops after a visit."""
        if self.kind in (NOW, NODE):
            return True
        if self.kind == PHASE:
            return (step, visit.phase, visit.round) != (self.step, self.phase, self.round)
        if self.kind in (STEP, POSITION):
            return step > self.step or step == self.step and (visit.phase, visit.place) == (self.phase, self.place)
        return False

    def stops_at_node(self, node):
        """Whether the run goes to this node, or into the module that it is in."""
        if self.kind != NAME:
            return False
        group = node.group or ""
        return node.name == self.name or group == self.name or group.startswith(self.name + ".")

    def stops_at_end(self, step, is_watched):
        """Whether the run stops at the end of a step."""
        if self.kind == END:
            return is_watched
        return self.kind == NOW or self.kind in (STEP, POSITION) and step >= self.step


def position_errand(said):
    """The way to a position as the host's JSON has it."""
    phase = said.get("phase", 0)
    phase = PHASES.index(phase) if isinstance(phase, str) else int(phase)
    step = said.get("step", said.get("iteration", 1))
    return Errand(POSITION, step=int(step), phase=phase, place=int(said.get("node", 0)))
