/// The threads that share products and loops with the one that computes.
package enum Helpers {
  /// Keeps them away while somebody else has long work for a core, once for every `true` until a `false`.
  package static func areAway(_ away: Bool) {
    if away { ThreadTeam.shared.stayAway() } else { ThreadTeam.shared.comeBack() }
  }
}
