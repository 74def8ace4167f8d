import Localization
import TerminalUI
import Trace

/// The laid-out graph, kept from frame to frame: it is laid out again only when the graph, the folded modules or the
/// room change.
package struct GraphPaneState: StatePart {
  /// How much is said of each node, which depends on the room.
  package enum Detail: Int, Sendable, CaseIterable {
    /// One line: the name, and of computed values a magnitude.
    case names
    /// One line: the name and a magnitude.
    case magnitudes
    /// One line, and the shapes of computed values.
    case shapes
    /// Two lines: name and shape, then the magnitudes of value and gradient.
    case full
  }

  /// The most nodes of a graph that is shown unfolded at first sight.
  private static let mostUnfolded = 100

  /// Columns kept for a magnitude, so that the layout stays while the numbers change.
  static let magnitudeWidth = 7

  /// Columns kept for both magnitudes on a line of their own.
  static let magnitudesWidth = 20

  /// Where the boxes and lines are.
  package private(set) var layout = GraphLayout([])
  /// How much is said of each node.
  package private(set) var detail = Detail.names
  /// The place of the layout at the pane's top left.
  package var scroll = GraphPoint(x: 0, y: 0)
  /// The search for a node; nil while there is none.
  package var find: GraphFind?
  /// The modules folded to one box; a module around others folds them too.
  package private(set) var folded: Set<String> = []
  /// What each box of the layout stands for.
  private(set) var contents: [GraphFolding.Content] = []
  private var place: [Int] = []
  private var graph = ComputationGraph()
  private var view = Size.zero
  /// The module that the run is in.
  private var module: String?
  private var isFoldedByHand = false

  /// A pane without a graph.
  package init() {}

  /// Lays the graph out again if it or the room for it has changed.
  ///
  /// Of a large graph, modules are folded until it fits, but for the one that the run is in.
  package mutating func arrange(_ graph: ComputationGraph, in view: Size, at module: String? = nil) {
    let isSame = graph == self.graph && view == self.view
    guard !isSame || !isFoldedByHand && module != self.module else { return }
    (self.graph, self.view, self.module) = (graph, view, module)
    let before = folded
    if !isFoldedByHand { folded = usualFolds }
    if !isSame || folded != before { arrange() }
  }

  /// Folds and unfolds modules as the user wants them from now on.
  mutating func fold(_ modules: Set<String>) {
    isFoldedByHand = true
    guard modules != folded else { return }
    folded = modules
    arrange()
  }

  /// The modules that are folded as long as the user has not chosen any: of a large graph as few levels as make it fit.
  private var usualFolds: Set<String> {
    guard graph.nodes.count > Self.mostUnfolded else { return [] }
    let modules = Set(graph.nodes.compactMap(\.group).flatMap(ModuleName.levels))
    var folds = modules
    for depth in Set(modules.map(ModuleName.depth)).sorted() {
      let deeper = modules.filter { ModuleName.depth($0) > depth }
      guard layout(.names, folded: deeper).layout.size.height <= view.height else { break }
      folds = deeper
    }
    return folds.subtracting(module.map(ModuleName.levels) ?? [])
  }

  private func layout(_ detail: Detail, folded: Set<String>) -> (layout: GraphLayout, folding: GraphFolding) {
    let folding = GraphFolding(graph.nodes.map { Self.box($0, detail) }, folded: folded) {
      Self.label(ofModule: $0, $1.count).count + 1 + Self.magnitudeWidth
    }
    return (GraphLayout(folding.boxes), folding)
  }

  private mutating func arrange() {
    for detail in Detail.allCases {
      let (candidate, folding) = layout(detail, folded: folded)
      let fits = candidate.size.width <= view.width && candidate.size.height <= view.height
      guard fits || detail == .names else { continue }
      (layout, self.detail) = (candidate, detail)
      (contents, place) = (folding.contents, folding.place)
      // Where the least detail does not fit, no other does.
      if !fits { return }
    }
  }

  /// Moves the view so that the node is seen.
  mutating func show(_ node: Int) {
    guard let box = box(of: node) else { return }
    scroll = layout.scroll(showing: box, in: view, from: scroll)
  }

  /// The box that shows a node; nil where there is no such node.
  func box(of node: Int) -> Int? { place.indices.contains(node) ? place[node] : nil }

  /// The node that a box stands for: of a folded module the one that computes its output.
  func node(of box: Int) -> Int? {
    guard contents.indices.contains(box) else { return nil }
    switch contents[box] {
    case .box(let node): return node
    case .group(_, let members): return members.last
    }
  }

  /// The name of a folded module, and how many nodes it has.
  static func label(ofModule name: String, _ count: Int) -> String {
    count == 1 ? localized("\(name) ▸ 1 node") : localized("\(name) ▸ \(count) nodes")
  }

  private static func box(_ node: ComputationGraph.Node, _ detail: Detail) -> GraphBox {
    let name =
      node.name.count + (shape(of: node, detail).map { $0.count + 1 } ?? 0)
      + (remark(on: node, detail).map { $0.count + 1 } ?? 0)
    let (width, lines) =
      detail == .full
      ? (max(name, magnitudesWidth), 2)
      : (name + (showsMagnitude(of: node, detail) ? 1 + magnitudeWidth : 0), 1)
    return GraphBox(width: width, lines: lines, inputs: node.inputs, group: node.group)
  }

  /// Whether a magnitude follows a node's name.
  static func showsMagnitude(of node: ComputationGraph.Node, _ detail: Detail) -> Bool {
    detail != .names || node.kind == .operation
  }

  /// What is wrong with a node, in as many words as there is room for; nil for nothing.
  static func remark(on node: ComputationGraph.Node, _ detail: Detail) -> String? {
    detail == .names ? node.remark?.split(separator: " ").prefix(2).joined(separator: " ") : node.remark
  }

  /// The shape that follows a node's name; nil for none.
  static func shape(of node: ComputationGraph.Node, _ detail: Detail) -> String? {
    switch detail {
    case .names, .magnitudes: nil
    case .shapes: node.kind == .operation ? ShapeText.of(node.shape) : nil
    case .full: ShapeText.of(node.shape)
    }
  }
}

extension PaneID {
  /// The computation graph.
  package static let graph = PaneID(title: Sentence("Graph"))
}

extension DebuggerState {
  /// What the graph pane keeps.
  package var graph: GraphPaneState {
    get { parts[GraphPaneState.self] }
    set { parts[GraphPaneState.self] = newValue }
  }
}
