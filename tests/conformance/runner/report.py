"""Counts what passed, and shows what did not."""

#: Failures of a group that are shown.
SHOWN = 8
#: Characters of a failure that are shown.
LENGTH = 700


class Report:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def begin(self, group, skip):
        self.group, self.skip = group, skip
        self.good, self.skipped, self.problems = 0, 0, []

    def skips(self, op):
        """Whether the host has no such operation; counts the case."""
        if op in self.skip:
            self.skipped += 1
            return True
        return False

    def check(self, name, problem):
        """Takes what is wrong with a case, or None."""
        if problem is None:
            self.good += 1
        else:
            self.problems.append(f"{name}: {problem}")

    def end(self, seconds):
        line = f"{self.group:9} {self.good:4} passed, {len(self.problems)} failed"
        if self.skipped:
            line += f", {self.skipped} skipped"
        print(f"{line} ({seconds:.1f} s)")
        for problem in self.problems[:SHOWN]:
            print(f"  - {problem[:LENGTH]}")
        if len(self.problems) > SHOWN:
            print(f"  and {len(self.problems) - SHOWN} more")
        print(end="", flush=True)
        self.passed += self.good
        self.failed += len(self.problems)
