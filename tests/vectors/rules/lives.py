"""What all looking has in common: it goes on from step to step, by a clock of the host's that may be set back."""


class Life:
    """`step` is what a host calls. Who looks has `_life`, which gives what is to be done next and is given the time."""

    life = report = None
    seen = waits = 0

    def step(self, now):
        """`now` is the host's clock. Where it is set back, what was waited has passed all the same."""
        self.seen = now = self.seen + self.waits if now < self.seen else now
        if self.life is None:
            self.life = self._life(now)
            told = next(self.life)
        else:
            told = self.life.send(now)
        self.waits = told.get("wait", 0)
        return told
