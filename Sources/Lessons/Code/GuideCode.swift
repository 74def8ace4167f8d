import Localization
import Trace

/// A network and its training loop, once written by hand in NumPy and once in PyTorch, line by line.
///
/// The lines are made from the graph of a step, so that they are those of the network at hand; a script's own lines stand
/// in place of those in PyTorch. Each knows at which moments it runs.
package struct GuideCode: Sendable, Equatable {
  /// One of the two programs.
  package enum Side: Sendable, Hashable, CaseIterable {
    /// The network by hand.
    case numpy
    /// The same with the framework.
    case pytorch
  }

  /// A moment at which a line runs: a node's in a phase, or all of a phase.
  package struct Anchor: Sendable, Hashable {
    /// How a line takes part in a moment.
    package enum Part: Sendable, Hashable {
      /// It is the line that does it.
      case runs
      /// It runs with that line, as one of several.
      case accompanies
      /// It is the line that the other was called from.
      case calls
    }

    /// The phase.
    package let phase: Phase
    /// The node; nil for every node of the phase.
    package let node: String?
    /// How the line takes part.
    package let part: Part
  }

  /// A line of a program.
  package struct Line: Sendable, Equatable {
    /// The line, indented by spaces.
    package let text: String
    /// The moments at which it runs.
    package let anchors: [Anchor]

    /// The node that the line is about, and the phase in which it does its work; nil for lines about none.
    package var target: (node: String, phase: Phase)? {
      anchors.lazy.compactMap { anchor in anchor.node.map { ($0, anchor.phase) } }.first
    }

    /// Whether it only says something.
    package var isComment: Bool { text.drop { $0 == " " }.first == "#" }
  }

  /// The lines that run at a moment, by their places.
  package struct Lit: Sendable, Equatable {
    /// The line that runs; nil where none does.
    package var line: Int?
    /// Lines that run with it.
    package var others: [Int] = []
    /// The line that it was called from.
    package var call: Int?

    /// No line.
    package init(line: Int? = nil, others: [Int] = [], call: Int? = nil) {
      (self.line, self.others, self.call) = (line, others, call)
    }
  }

  /// The lines in NumPy.
  package let numpy: [Line]
  /// The lines in PyTorch; of a script its own.
  package let pytorch: [Line]
  /// What the lines in PyTorch are headed by.
  private let title: String
  /// The lines of the user's file that stand for those in PyTorch; nil where that is not a script's, or cannot be read.
  private let source: SourceExcerpt?

  /// The programs of a network, from the graph of one of its steps.
  ///
  /// - Parameters:
  ///   - graph: the graph of a whole step.
  ///   - description: what is trained; nil while it is not known.
  ///   - optimizer: the optimizer with its settings at the moment; nil for the one in `description`.
  ///   - source: of a script, the lines around an operator that it called.
  package init(
    _ graph: ComputationGraph, _ description: RunDescription?, optimizer: String? = nil,
    source: SourceExcerpt? = nil
  ) {
    let network = GuideNetwork(graph)
    let run = GuideRun(description, optimizer: optimizer)
    numpy = NumPyCode(network, run).lines
    if let description, description.isScript {
      let script = ScriptCode(graph, source, script: description.data)
      (pytorch, title, self.source) = (script.lines, script.title, source)
    } else {
      (pytorch, title, self.source) = (PyTorchCode(network, run).lines, "PyTorch", nil)
    }
  }

  /// The lines of one side.
  package func lines(_ side: Side) -> [Line] { side == .numpy ? numpy : pytorch }

  /// What one side is headed by: a language, or a script's file.
  package func title(_ side: Side) -> String { side == .numpy ? "NumPy" : title }

  /// The number of a side's first line.
  package func firstNumber(_ side: Side) -> Int { side == .numpy ? 1 : source?.firstLine ?? 1 }

  /// The line of the user's file that is looked at, by its place; nil where there is no file.
  package func home(_ side: Side) -> Int? {
    side == .numpy ? nil : source.map { $0.line - $0.firstLine }
  }

  /// The lines of a side that run at a moment: after the node of that name has run in the phase.
  package func lit(_ side: Side, in phase: Phase, node: String?) -> Lit {
    let lines = lines(side)
    func places(_ part: Anchor.Part) -> [Int] {
      let own = lines.indices.filter { place in
        lines[place].anchors.contains {
          $0.phase == phase && $0.part == part && $0.node == node && node != nil
        }
      }
      guard own.isEmpty else { return own }
      return lines.indices.filter { place in
        lines[place].anchors.contains { $0.phase == phase && $0.part == part && $0.node == nil }
      }
    }
    return Lit(line: places(.runs).first, others: places(.accompanies), call: places(.calls).first)
  }
}

/// What is known of the training around a network.
struct GuideRun {
  let optimizer: OptimizerText
  /// How many epochs there are, as the program says it: a name where that is not known.
  let epochs: String
  /// How many samples a batch has, likewise.
  let batchSize: String
  /// Whether a script trains, whose weights the network by hand takes.
  let isScript: Bool

  init(_ description: RunDescription?, optimizer: String?) {
    self.optimizer = OptimizerText(optimizer ?? description?.optimizer ?? "SGD")
    func text(_ number: Int, _ name: String) -> String { number > 0 ? "\(number)" : name }
    epochs = text(description?.epochs ?? 10, "epochs")
    batchSize = text(description?.batchSize ?? 64, "batch_size")
    isScript = description?.isScript == true
  }

  /// The learning rate, as it is written.
  var learningRate: String { optimizer.settings["lr"] ?? (isScript ? "lr" : "0.01") }
}

/// Collects the lines of a program.
struct LineBuilder {
  private(set) var lines: [GuideCode.Line] = []

  /// Adds a line, indented by so many levels.
  mutating func add(_ level: Int, _ text: String, _ anchors: GuideCode.Anchor...) {
    add(level, text, anchors)
  }

  /// Adds a line, indented by so many levels.
  mutating func add(_ level: Int, _ text: String, _ anchors: [GuideCode.Anchor]) {
    let indent = String(repeating: " ", count: text.isEmpty ? 0 : 4 * level)
    lines.append(GuideCode.Line(text: indent + text, anchors: anchors))
  }
}

extension GuideCode.Anchor {
  /// The line that does the work of a node.
  static func runs(_ phase: Phase, _ node: String? = nil) -> GuideCode.Anchor {
    GuideCode.Anchor(phase: phase, node: node, part: .runs)
  }

  /// A line that runs with the one that does the work of a node.
  static func accompanies(_ phase: Phase, _ node: String? = nil) -> GuideCode.Anchor {
    GuideCode.Anchor(phase: phase, node: node, part: .accompanies)
  }

  /// The line from which a phase is called.
  static func calls(_ phase: Phase) -> GuideCode.Anchor {
    GuideCode.Anchor(phase: phase, node: nil, part: .calls)
  }
}

/// The remark on a line that the guide does not have.
func notInGuide(_ what: String) -> String { localized("not in the guide: \(what)") }
