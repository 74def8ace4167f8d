/// The panes of the screen, in the order of their numbers.
package enum PaneTable {
  static let panes: [any Pane.Type] = [
    GraphPane.self, NodePane.self, BridgePane.self, LossPane.self, GradientsPane.self, BatchPane.self,
    EventsPane.self, GuidePane.self, OutputPane.self, SystemPane.self,
  ]

  /// How many panes have a key of their own: 0 is not one of them.
  static let keyCount = min(9, panes.count)

  /// The key of a pane as its title has it; nothing where it has none.
  static func label(of id: PaneID) -> String {
    let number = number(of: id)
    return number <= keyCount ? "\(number) " : ""
  }

  /// Which panes there are, in the order of their numbers.
  package static let ids = panes.map { $0.id }

  /// The number of a pane, from 1.
  package static func number(of id: PaneID) -> Int { (ids.firstIndex(of: id) ?? 0) + 1 }

  /// The pane that some id means.
  static func pane(_ id: PaneID) -> any Pane.Type { panes[number(of: id) - 1] }

  /// The pane some places after another; after the last comes the first.
  static func pane(_ places: Int, after id: PaneID) -> PaneID {
    ids[(number(of: id) - 1 + places + ids.count) % ids.count]
  }
}
