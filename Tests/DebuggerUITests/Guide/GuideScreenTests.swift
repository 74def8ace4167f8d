import DebuggerUI
import Lessons
import TerminalUI
import Testing
import Trace

/// The pages of the guide, the course and the welcome, at their usual sizes.
struct GuideScreenTests {
  static let scenes = [
    ScreenTests.Scene("guide-code") { States.digits(.paused, $0).after("8") },
    ScreenTests.Scene("guide-tables") { size in
      var state = States.digits(.paused, size)
      state.tryOut = { row, _ in
        let x = LessonTrial.Array(name: "x", shape: [2, 3], values: [1, -2, 3, 0.5, 4, -1.5])
        let y = LessonTrial.Array(name: "", shape: [2, 3], values: [1, 0, 3, 0.5, 4, 0])
        return LessonTrial(row: row, operands: [x], byHand: y, engine: y)
      }
      return state.after("8", .right, .pageDown, .down, .down, "t")
    },
    ScreenTests.Scene("guide-answer") {
      States.digits(.paused, $0).after("8", .right, .right, .down, .enter)
    },
    ScreenTests.Scene("guide-glossary") { States.digits(.paused, $0).after("8", .left, .pageDown) },
    ScreenTests.Scene("course") { size in
      var state = States.digits(.paused, size)
      state.openCourse(at: 3)
      return state
    },
    ScreenTests.Scene("course-hint") { size in
      var state = States.digits(.paused, DigitsRun.moment(.forward, 0), size)
      state.openCourse(at: 3)
      var news = RunUpdate()
      (news.status, news.moment) = (.paused, DigitsRun.moment(.backward, 0))
      return state.on(news, seconds: 11).state.after("1")
    },
    ScreenTests.Scene("welcome") { size in
      var state = States.digits(.paused, DigitsRun.moment(.batch, 0, step: 1), size)
      state.overlay = WelcomeBox()
      return state
    },
  ]

  @Test(arguments: scenes) func theScreenOf80By24(_ scene: ScreenTests.Scene) throws {
    try GoldenScreen.expect(scene.make(States.small).screen(), "\(scene.name)-80x24")
  }

  @Test(arguments: scenes) func theScreenOf120By40(_ scene: ScreenTests.Scene) throws {
    try GoldenScreen.expect(scene.make(States.standard).screen(), "\(scene.name)-120x40")
  }

  @Test func bothProgramsStandBesideEachOtherWhereThereIsRoom() throws {
    let state = States.digits(.paused, Size(width: 200, height: 60)).after("8", "z")
    try GoldenScreen.expect(state.screen(), "guide-code-200x60")
  }

  @Test(arguments: scenes) func onlyASCIIIsDrawnWhereTheScreenShowsNothingElse(_ scene: ScreenTests.Scene) {
    let capabilities = TerminalCapabilities(colorSupport: .none, isUnicode: false)
    #expect(scene.make(States.standard).screen(capabilities).lines.allSatisfy { $0.allSatisfy(\.isASCII) })
  }

  @Test(
    arguments: GuidePaneState.Page.allCases,
    [Size(width: 0, height: 0), Size(width: 1, height: 1), Size(width: 60, height: 16)])
  func everyPageStandsEverySize(page: GuidePaneState.Page, size: Size) {
    var state = States.digits(.paused, size).after("8")
    state.guide.page = page
    state.guide.isAnswerOpen = true
    #expect(state.lines.count == size.height)
    #expect(state.after("z", .down, .pageDown, .up).lines.count == size.height)
  }
}
