import DebuggerUI
import Localization
import TerminalUI
import Testing
import Trace

/// The screens as a reader of Spanish sees them.
struct SpanishScreenTests {
  private static let names = ["running", "backward", "update", "help", "quit", "future", "line-problem"]
  private static let all = ScreenTests.scenes + ScreenTests.consoleScenes
  static let scenes = all.filter { names.contains($0.name) }
  /// Those that show no sentence of a run, since these tests make runs in English, and no list of names.
  static let wordScenes =
    all.filter {
      !["failed", "events", "hit", "cause", "line-names", "help-narrowed"].contains($0.name)
        && !$0.name.hasPrefix("gradient")
    }
    + zoomed

  /// Each pane alone, in each status.
  private static var zoomed: [ScreenTests.Scene] {
    [States.Status.preparing, .running, .paused, .finished].flatMap { status in
      // The guide's pane shows code.
      Press.panes.filter { $0.testDescription != "8" && !$0.testDescription.contains("\"8\"") }.map { pane in
        ScreenTests.Scene("\(status) \(pane.testDescription)") {
          States.digits(status, $0).after(pane, "z")
        }
      }
    }
  }

  @Test(arguments: scenes)
  func theScreenOf80By24(_ scene: ScreenTests.Scene) throws {
    try Language.spanish.during {
      try GoldenScreen.expect(scene.make(States.small).screen(), "es-\(scene.name)-80x24")
    }
  }

  @Test(arguments: scenes)
  func theScreenOf120By40(_ scene: ScreenTests.Scene) throws {
    try Language.spanish.during {
      try GoldenScreen.expect(scene.make(States.standard).screen(), "es-\(scene.name)-120x40")
    }
  }

  @Test(arguments: wordScenes)
  func noEnglishWordIsLeft(_ scene: ScreenTests.Scene) {
    Language.spanish.during {
      for size in [States.small, States.standard, Size(width: 200, height: 60)] {
        // A run of these tests has its derivatives in English.
        for line in scene.make(size).lines where !line.contains("∂") && !line.contains("over the batch") {
          #expect(english(line) == [], "\(line)")
        }
      }
    }
  }

  @Test func theWholeHelpIsSpanish() {
    Language.spanish.during {
      for group in CommandTable.standard.groups {
        #expect(english(group.heading) == [])
        for row in group.rows { #expect(english(row.help) == [], "\(row.help)") }
      }
      #expect(CommandTable.standard.names.contains("next-node"))
    }
    #expect(CommandTable.standard.groups[0].heading == "Running and stepping")
  }

  @Test func aPaneIsTypedByItsEnglishNameAndByItsTitle() {
    Language.spanish.during {
      for name in ["events", "eventos"] {
        let state = States.digits(.paused).typing("pane \(name)").after(.enter)
        #expect(PaneTable.number(of: state.pane) == 7)
      }
    }
  }

  /// The English words in a line; those of code, commands and names do not count.
  private func english(_ line: String) -> [String] {
    // What is typed is the same in all languages.
    let line = line.replacing(/\[[a-z|]+\]/, with: "")
    let words = line.matches(of: /[\p{L}\p{N}_:.\-\/']+/).map { String($0.output).lowercased() }
    return words.filter { SpanishScreenTests.words.contains($0) }
  }

  private static let words: Set = [
    "the", "of", "to", "step", "steps", "node", "nodes", "pane", "press", "yet", "not", "has", "have", "with",
    "and", "from", "this", "shown", "shows", "sample", "samples", "value", "until", "where", "which", "go",
    "goes", "show", "again", "are", "is", "quit", "close", "closes", "choose", "type", "back", "after",
    "before", "run", "training", "epoch", "seed", "pace", "weight", "gradient", "gradients", "events",
    "graph",
    "bridge", "batch's", "cell", "mean", "zero", "label", "predicted", "class", "waiting", "broken", "space",
    "cancel", "stay", "discard", "keep", "choice", "note", "warning", "change", "formula", "chain",
  ]
}
