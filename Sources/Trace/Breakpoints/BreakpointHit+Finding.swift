extension [Breakpoint] {
  /// Whether a finding of the diagnosis stops the run.
  package var stopAtFindings: Bool { contains { $0.isEnabled && $0.stopsAtFindings } }

  /// The hit of the first breakpoint that stops at findings; nil where none does.
  package func hit(by finding: Finding) -> BreakpointHit? {
    first { $0.isEnabled && $0.stopsAtFindings }
      .map { BreakpointHit(breakpoint: $0.id, text: $0.text, measured: finding.line) }
  }
}
