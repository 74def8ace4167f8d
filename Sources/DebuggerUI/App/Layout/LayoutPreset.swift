import TerminalUI

/// A layout with a name and a key.
package struct LayoutPreset: Sendable, Equatable {
  /// Its name, as it is typed.
  package let name: String
  let key: Key
  private(set) var tree: LayoutTree
  /// The panes that it shows by itself, the most important first; the first has the focus. The other panes of the tree
  /// are shown while they have the focus, or once they are opened.
  private(set) var order: [String]
  /// Another tree and order for wide screens; nil for none.
  private var wide: Wide?
  /// Where the tree begins in the names of its parts, so that those of a wide screen have names of their own.
  private(set) var root = 0

  /// What a layout is on a wide screen.
  private struct Wide: Sendable {
    let tree: LayoutTree
    let order: [String]
  }

  private init(name: String, key: Key, tree: LayoutTree, order: [String], wide: Wide? = nil) {
    (self.name, self.key, self.tree, self.order, self.wide) = (name, key, tree, order, wide)
  }

  /// A screen of so many columns is wide.
  private static let wideColumns = 160

  /// The layout as it is on a screen of that width.
  func fitting(width: Int) -> LayoutPreset {
    guard let wide, width >= LayoutPreset.wideColumns else { return self }
    var preset = self
    (preset.tree, preset.order, preset.root) = (wide.tree, wide.order, 0xf)
    return preset
  }

  /// The layouts, in the order of their keys.
  static let all = [watch, debug, learn, present]

  /// Their names.
  package static let names = all.map(\.name)

  /// The layout of a name, or of its beginning; nil where there is none, or several.
  package static func named(_ name: String) -> LayoutPreset? {
    let found = all.filter { $0.name.hasPrefix(name.lowercased()) }
    return found.count == 1 ? found[0] : nil
  }

  package static func == (left: LayoutPreset, right: LayoutPreset) -> Bool { left.name == right.name }

  /// The names of the panes that it has a place for.
  package var paneNames: Set<String> { Set(tree.names).union(order).union(wide?.tree.names ?? []) }

  /// The curves, with what tells how training goes.
  package static let watch = LayoutPreset(
    name: "watch", key: .function(1),
    tree: .columns(
      [
        .rows(
          [
            .pane("curves", 6),
            .columns([.pane("events", 2), .pane("output", 3)], from: 90, 2), .pane("guide", 6),
            .pane("diagnosis", 2),
          ], 3),
        .rows(
          [
            .pane("gradients", 3), .pane("system", 2), .pane("node", 4),
            .pane("bridge", 3), .pane("batch", 3), .pane("graph", 3),
          ], 2),
      ], from: 70, 1),
    order: [
      "curves", "gradients", "batch", "output", "node", "system", "events", "diagnosis",
    ])

  /// The graph, the chosen node, and how both are computed.
  package static let debug = LayoutPreset(
    name: "debug", key: .function(2),
    tree: .columns(
      [
        .rows([.pane("graph", 5), .pane("curves", 4), .pane("events", 2)], 1),
        .columns(
          [
            .rows([.pane("node", 6), .pane("bridge", 3)], 3),
            .rows(
              [
                .columns([.pane("gradients", 3), .pane("batch", 3), .pane("output", 3)], from: 60, 3),
                .pane("system", 2), .pane("guide", 3), .pane("diagnosis", 2),
              ], 2),
          ], from: 96, 8),
      ], from: 56, 1),
    order: ["graph", "node", "curves", "gradients", "bridge", "batch", "output", "events", "diagnosis"])

  /// The guide, beside it the node and its bridge.
  package static let learn = LayoutPreset(
    name: "learn", key: .function(3),
    tree: .columns(
      [
        .pane("guide", 5),
        .rows(
          [
            .pane("node", 1), .pane("bridge", 1), .pane("graph", 1), .pane("gradients", 1), .pane("batch", 1),
          ],
          4),
      ], from: 56, 1),
    order: ["guide", "bridge", "node"],
    wide: Wide(
      tree: .columns(
        [
          .pane("guide", 2), .rows([.pane("node", 4), .pane("bridge", 3)], 4),
          .rows([.pane("graph", 3), .pane("curves", 3), .pane("gradients", 2), .pane("batch", 3)], 4),
        ], from: 56, 1),
      order: ["guide", "bridge", "node", "graph", "curves", "batch"]))

  /// Few panes, for many to look at.
  package static let present = LayoutPreset(
    name: "present", key: .function(4),
    tree: .columns(
      [
        .rows([.pane("graph", 3), .pane("curves", 2)], 2),
        .rows([.pane("node", 4), .pane("bridge", 2)], 5),
      ], from: 56, 1),
    order: ["node", "graph", "curves"])
}
