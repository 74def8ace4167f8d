import Localization
import Trace

/// What the guide shows of a script beside the network by hand: lines of the user's file, or where none of it can be
/// read, the operators that it called.
struct ScriptCode {
  /// The lines.
  let lines: [GuideCode.Line]
  /// What they are lines of.
  let title: String

  /// The lines around the operator of a moment; `script` is the script's name.
  init(_ graph: ComputationGraph, _ source: SourceExcerpt?, script: String) {
    let operators = graph.nodes.filter { $0.kind == .operation }
    func anchors(_ node: ComputationGraph.Node) -> [GuideCode.Anchor] {
      [.runs(node.phase, node.name), .runs(.backward, node.name)]
    }
    guard let source else {
      title = localized("operators of \(script)")
      lines = operators.map { node in
        let place = node.location.map { "  # \(Self.shortPlace($0))" } ?? ""
        return GuideCode.Line(
          text: "\(node.name) = \(graph.call(of: node))\(place)", anchors: anchors(node))
      }
      return
    }
    title = source.file
    let called = Dictionary(grouping: operators) { $0.location.map(Self.shortPlace) ?? "" }
    lines = source.lines.enumerated().map { place, text in
      let nodes = called["\(source.file):\(source.firstLine + place)"] ?? []
      return GuideCode.Line(text: text, anchors: nodes.flatMap(anchors))
    }
  }

  /// A place without the folders of its file, `train.py:12`.
  private static func shortPlace(_ place: String) -> String {
    place.split(separator: "/").last.map(String.init) ?? place
  }
}
