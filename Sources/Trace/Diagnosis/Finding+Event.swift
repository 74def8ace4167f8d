extension RunEvent {
  /// The event of a finding, `dead-relu: 12 of 16 units of fc1.relu are dead (Network.swift:12)`: a warning, which older
  /// programs read too.
  package init(_ finding: Finding) {
    self.init(.warning, at: finding.position, node: finding.subject, finding.line)
  }
  /// Whether it is that of a finding: its text begins with the name of a rule, lower-case words joined by hyphens.
  package var isFinding: Bool {
    guard kind == .warning, let colon = text.firstIndex(of: ":") else { return false }
    let name = text[..<colon]
    return name.contains("-") && name.allSatisfy { $0.isASCII && $0.isLowercase || $0 == "-" }
  }
}
