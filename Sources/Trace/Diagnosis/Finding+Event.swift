extension RunEvent {
  /// The event of a finding, `dead-relu: 12 of 16 units of fc1.relu are dead (Network.swift:12)`: a warning, which older
  /// programs read too.
  package init(_ finding: Finding) {
    self.init(.warning, at: finding.position, node: finding.subject, finding.line)
  }

  /// The rule whose finding it is: its text begins with that name, lower-case words joined by hyphens. Nil of other events.
  package var rule: String? {
    guard kind == .warning, let colon = text.firstIndex(of: ":") else { return nil }
    let name = text[..<colon]
    let isName = name.contains("-") && name.allSatisfy { $0.isASCII && $0.isLowercase || $0 == "-" }
    return isName ? String(name) : nil
  }

  /// Whether it is that of a finding.
  package var isFinding: Bool { rule != nil }
}
