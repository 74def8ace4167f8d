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
    /// Two lines: the name, with the shape where there is room, then the magnitudes of value and gradient.
    case narrow
    /// Two lines: name and shape, then the magnitudes of value and gradient.
    case full

    /// Whether the magnitudes have a line of their own.
    var hasTwoLines: Bool { rawValue >= Detail.narrow.rawValue }
  }

  /// The most nodes of a graph that is shown unfolded at first sight, and the most panes that it may be high.
  private static let mostUnfolded = (nodes: 100, panes: 4)

  /// The most boxes that are laid out once more with strips.
  private static let mostWithStrips = 300

  /// Columns kept for a magnitude, so that the layout stays while the numbers change.
  static let magnitudeWidth = 7

  /// Columns kept for both magnitudes on a line of their own: the least, and with room for a strip beside them.
  private static let magnitudesWidth = (least: 18, usual: 20)

  /// Where the boxes and lines are.
  package private(set) var layout = GraphLayout([])
  /// How much is said of each node.
  package private(set) var detail = Detail.names
  /// The columns kept in each line for a strip of the node's values; 0 where there is no room, and where a second line
  /// has it.
  package private(set) var stripWidth = 0
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
  /// Whether the run has ever said how a node's values are spread.
  private var hasSketches = false
  /// Whether the overview is shown or not by the user's wish; nil to show it where the graph does not fit.
  package var wantsOverview: Bool?
  /// The node at which the user has moved the view away.
  private var nodeScrolledFrom: Int?

  /// A pane without a graph.
  package init() {}

  /// Lays the graph out again if it or the room for it has changed.
  ///
  /// Of a graph of many nodes, or many times as high as the pane, modules are folded until it fits, but for the one that
  /// the run is in.
  package mutating func arrange(
    _ graph: ComputationGraph, in view: Size, at module: String? = nil, hasSketches: Bool = false
  ) {
    let isSame = graph == self.graph && view == self.view && (self.hasSketches || !hasSketches)
    self.hasSketches = self.hasSketches || hasSketches
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
    let limit = Self.mostUnfolded
    guard
      graph.nodes.count > limit.nodes
        || view.height > 0 && graph.nodes.count > view.height
          && layout(.names, folded: []).layout.size.height > limit.panes * view.height
    else { return [] }
    let modules = Set(graph.nodes.compactMap(\.group).flatMap(ModuleName.levels))
    var folds = modules
    for depth in Set(modules.map(ModuleName.depth)).sorted() {
      let deeper = modules.filter { ModuleName.depth($0) > depth }
      guard layout(.names, folded: deeper).layout.size.height <= view.height else { break }
      folds = deeper
    }
    return folds.subtracting(module.map(ModuleName.levels) ?? [])
  }

  private func layout(
    _ detail: Detail, folded: Set<String>, strip: Int = 0
  ) -> (layout: GraphLayout, folding: GraphFolding) {
    let folding = GraphFolding(graph.nodes.map { Self.box($0, detail, strip: strip) }, folded: folded) {
      Self.label(ofModule: $0, $1.count).count + (strip > 0 ? 1 + strip : 0) + 1 + Self.magnitudeWidth
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
      if !fits { break }
    }
    stripWidth = 0
    guard hasSketches, !detail.hasTwoLines, contents.count <= Self.mostWithStrips else { return }
    for strip in GraphStrip.widths where layout.size.width + strip < view.width {
      let (candidate, _) = layout(detail, folded: folded, strip: strip)
      guard candidate.size.width <= view.width else { continue }
      (layout, stripWidth) = (candidate, strip)
      return
    }
  }

  /// Moves the view so that the node is seen.
  mutating func show(_ node: Int) {
    guard let box = box(of: node) else { return }
    guard node != nodeScrolledFrom else {
      scroll = layout.clamped(scroll, in: view)
      return
    }
    nodeScrolledFrom = nil
    scroll = layout.scroll(showing: box, in: view, from: scroll)
  }

  /// Moves the view so that a place of the layout is in its middle; it stays until another node than this one is to be
  /// seen.
  mutating func show(_ point: GraphPoint, awayFrom node: Int?) {
    nodeScrolledFrom = node
    scroll = layout.clamped(
      GraphPoint(x: point.x - view.width / 2, y: point.y - view.height / 2), in: view)
  }

  /// Whether the graph is larger than a pane of that size which is worth an overview.
  func isCut(in view: Size) -> Bool {
    let smallest = GraphOverview.smallestPane
    return (layout.size.width > view.width || layout.size.height > view.height)
      && view.width >= smallest.width && view.height >= smallest.height
  }

  /// The nodes in view that may have a strip, by name; of a folded module its last one.
  package var sketched: Set<String> {
    let seen = Rect(x: scroll.x, y: scroll.y, width: view.width, height: view.height)
    var names: Set<String> = []
    for (box, frame) in layout.frames.enumerated() where !frame.intersection(seen).isEmpty {
      guard let id = node(of: box), graph.nodes.indices.contains(id),
        graph.nodes[id].shape != [], graph.nodes[id].shape != [1]
      else { continue }
      names.insert(graph.nodes[id].name)
    }
    return names
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

  private static func box(_ node: ComputationGraph.Node, _ detail: Detail, strip: Int) -> GraphBox {
    let name =
      node.name.count + (shape(of: node, detail).map { $0.count + 1 } ?? 0)
      + (remark(on: node, detail).map { $0.count + 1 } ?? 0)
    let (width, lines) =
      detail.hasTwoLines
      ? (max(name, detail == .full ? magnitudesWidth.usual : magnitudesWidth.least), 2)
      : (name + (strip > 0 ? 1 + strip : 0) + (showsMagnitude(of: node, detail) ? 1 + magnitudeWidth : 0), 1)
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
    case .narrow:
      [ShapeText.of(node.shape)].first { node.name.count + 1 + $0.count <= magnitudesWidth.least }
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
