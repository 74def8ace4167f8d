/// The panes of the screen, in the order of their numbers.
package enum PaneTable {
  static let panes: [any Pane.Type] = [
    GraphPane.self, NodePane.self, BridgePane.self, LossPane.self, GradientsPane.self, BatchPane.self,
    EventsPane.self, GuidePane.self, OutputPane.self, SystemPane.self, DiagnosisPane.self,
  ]

  /// Which panes there are, in the order of their numbers.
  package static let ids = panes.map { $0.id }

  /// The number of a pane, from 1.
  package static func number(of id: PaneID) -> Int { (ids.firstIndex(of: id) ?? 0) + 1 }

  /// The key of a pane, its number; of those after the ninth only the diagnosis has one, 0.
  static func digit(of id: PaneID) -> Character? {
    if id == .diagnosis { return "0" }
    let number = number(of: id)
    return number <= 9 ? Character("\(number)") : nil
  }

  /// The pane that some id means.
  static func pane(_ id: PaneID) -> any Pane.Type { panes[number(of: id) - 1] }

  /// The pane some places after another; after the last comes the first.
  static func pane(_ places: Int, after id: PaneID) -> PaneID {
    ids[(number(of: id) - 1 + places + ids.count) % ids.count]
  }
}
