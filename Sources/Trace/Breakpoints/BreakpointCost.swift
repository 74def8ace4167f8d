/// What breakpoints cost in every step of a script.
package struct BreakpointCost: Sendable, Equatable, Codable {
  /// What they need.
  package enum Need: String, Sendable, Equatable, Codable {
    /// Nothing beyond the numbers of each step.
    case nothing
    /// A look at every value and gradient.
    case values
    /// Every step is watched node by node.
    case nodes
  }

  /// What they need.
  package var needs: Need
  /// How many times as long a step takes with them; nil while steps without them were not measured.
  package var ratio: Double?

  /// What they need and how much time that takes.
  package init(needs: Need, ratio: Double? = nil) {
    self.needs = needs
    self.ratio = ratio
  }
}
