extension RunEvent {
  /// The event of a finding, `dead-relu: 12 of 16 units of fc1.relu are dead (Network.swift:12)`: a warning, which older
  /// programs read too.
  package init(_ finding: Finding) {
    self.init(.warning, at: finding.position, node: finding.subject, finding.line)
  }
}
