import Lessons
import Localization
import TerminalUI
import Trace

/// What the guide pane keeps: its page, and what is chosen on each.
package struct GuidePaneState: StatePart {
  /// A page of the guide.
  package enum Page: Int, Sendable, CaseIterable {
    /// Both programs, with the line that runs.
    case code
    /// The tables of what does the same.
    case tables
    /// The questions.
    case questions
    /// Signs and words.
    case glossary

    /// The page's name.
    package var title: String {
      switch self {
      case .code: localized("Code")
      case .tables: localized("Tables")
      case .questions: localized("Questions")
      case .glossary: localized("Glossary")
      }
    }
  }

  /// The page that is shown.
  package var page = Page.code
  /// The program that the arrows move in.
  package var side = GuideCode.Side.numpy
  /// The line that the user chose; nil for the one that runs.
  package var line: Int?
  /// The chosen row of the tables, counted through all of them.
  package var row = 0
  /// The chosen row, tried; nil where it has not been.
  package var trial: LessonTrial?
  /// The chosen question.
  package var question = 0
  /// Whether that question's answer is open.
  package var isAnswerOpen = false
  /// The first line of the answer in view.
  package var answerRow = 0
  /// The chosen entry of the glossary.
  package var entry = 0
  /// The commands that are left of the way to where an answer is seen.
  package var toShow: [String] = []
  /// The lines of the user's file that were known last.
  private(set) var source: SourceExcerpt?
  /// Whether the pane keeps the left of the screen while the node or its bridge is looked at.
  package var keepsPlace = false
  /// The moment that the chosen line was chosen at.
  fileprivate var position: Position?

  /// The page of both programs.
  package init() {}

  /// Goes to another page.
  mutating func turn(by step: Int) {
    let all = Page.allCases
    page = all[(page.rawValue + step + all.count) % all.count]
  }

  /// Whether a command is done only when the run has come somewhere.
  static func movesTheRun(_ line: String) -> Bool {
    ["goto", "run-to", "head"].contains { line == $0 || line.hasPrefix($0 + " ") }
  }

  /// The line that runs is shown again once the run goes on.
  mutating func follow(_ moment: Moment?) {
    source = moment?.source ?? source
    guard moment?.position != position else { return }
    (position, line) = (moment?.position, nil)
  }
}

extension PaneID {
  /// Both programs side by side, and the teaching texts.
  package static let guide = PaneID(title: Sentence("Guide"))
}

extension DebuggerState {
  /// What the guide pane keeps.
  package var guide: GuidePaneState {
    get { parts[GuidePaneState.self] }
    set { parts[GuidePaneState.self] = newValue }
  }

  /// The graph of a whole step, as far as it is known or can be told from the description.
  var guideGraph: ComputationGraph? {
    if let graph = moment?.graph, graph.nodes.contains(where: { $0.phase == .loss && $0.kind == .operation })
    {
      return graph
    }
    return wholeGraph ?? description?.presumedGraph ?? moment?.graph
  }

  /// Both programs for the network at hand.
  package var guideCode: GuideCode {
    GuideCode(
      guideGraph ?? ComputationGraph(), description, optimizer: moment?.optimizer,
      source: moment?.source ?? guide.source)
  }

  /// The lines of a side that run at the moment shown.
  package func lit(_ side: GuideCode.Side, in code: GuideCode) -> GuideCode.Lit {
    guard let moment else { return GuideCode.Lit() }
    if side == .pytorch, let source = moment.source, description?.isScript == true {
      return GuideCode.Lit(line: moment.current == nil ? nil : source.line - source.firstLine)
    }
    let node = moment.current.flatMap { id in
      moment.graph.nodes.indices.contains(id) ? moment.graph.nodes[id].name : nil
    }
    return code.lit(side, in: moment.position.phase, node: node)
  }

  /// The numbers of this run for the texts.
  package var liveNumbers: LiveNumbers { LiveNumbers(description, moment, graph: guideGraph) }

  /// The rows of all tables, in their order.
  var lessonRows: [LessonRow] { lessons.tables.flatMap(\.rows) }
}
