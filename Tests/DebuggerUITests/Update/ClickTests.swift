import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Clicks on what the frames, the header and the footer offer.
struct ClickTests {
  private let state = States.digits(.paused)

  private struct NotOnTheScreen: Error { let text: String }

  /// A press of a button on a text, from a row on.
  private func press(
    on text: String, in state: DebuggerState, from row: Int = 0, _ button: MouseEvent.Button = .left
  ) throws -> TerminalEvent {
    for (y, line) in state.lines.enumerated().dropFirst(row) {
      guard let range = line.range(of: text) else { continue }
      let x = line.distance(from: line.startIndex, to: range.lowerBound)
      return .mouse(MouseEvent(x: x, y: y, kind: .press, button: button))
    }
    throw NotOnTheScreen(text: text)
  }

  @Test func aHintDoesWhatItsKeyDoes() throws {
    let footer = state.size.height - 1
    #expect(try state.answer(press(on: "space", in: state, from: footer)) == state.answer(" "))
    #expect(try state.answer(press(on: "run/pause", in: state, from: footer)) == state.answer(" "))
    #expect(try state.answer(press(on: "? help", in: state, from: footer)) == "help open")
    #expect(try state.answer(press(on: "q quit", in: state, from: footer)) == "quitQuestion open")
  }

  @Test func theStatusRunsAndPauses() throws {
    #expect(try state.answer(press(on: "PAUSE", in: state)) == "status running → run")
    let running = States.digits(.running)
    #expect(try running.answer(press(on: "RUN", in: running)) == "status paused → pause")
  }

  @Test func theTitleOfTheNodeHasItsViews() throws {
    #expect(
      try state.answer(press(on: "gradient", in: state, from: 2))
        == "pane 2 choice fc2.linear gradient → focus fc2.linear gradient")
    let line = try #require(state.lines.dropFirst(2).first { $0.contains("2 Node") })
    #expect(line.contains("value │ [gradient]"))
  }

  @Test func theTitleOfTheCurvesHasTheirChoices() throws {
    let wide = States.digits(.paused, Size(width: 200, height: 60))
    #expect(try wide.answer(press(on: "acc│", in: wide, from: 3)) == "pane 4 accuracy")
    #expect(try wide.answer(press(on: "smooth│", in: wide, from: 3)) == "pane 4 smoothing 0.6")
  }

  @Test func theTitleOfTheGuideHasItsPages() throws {
    let guide = state.after("8")
    let clicked = guide.on(try press(on: "Glossary", in: guide)).state
    #expect(clicked.guide.page == .glossary)
  }

  @Test func aBarOfAParameterChoosesIt() throws {
    let row = try #require(state.lines.firstIndex { $0.contains("5 Gradients") })
    #expect(
      try state.answer(press(on: "fc2.weight", in: state, from: row + 1))
        == "pane 5 choice fc2.weight → focus fc2.weight")
  }

  @Test func theBarOfTheRunGoesToTheStepUnderTheMouse() throws {
    let wide = States.digits(.paused, Size(width: 160, height: 50))
    let buffer = wide.screen()
    let bar = try #require(buffer.controls.first { $0.steps != nil })
    #expect(bar.steps == 1...480)
    let left = MouseEvent(x: bar.area.x, y: bar.area.y, kind: .press)
    let right = MouseEvent(x: bar.area.maxX - 1, y: bar.area.y, kind: .press)
    #expect(wide.answer(.mouse(left)) == "→ go to 1 batch 0")
    #expect(wide.answer(.mouse(right)) == "→ go to 480 batch 0")
  }

  @Test func theRecordingSaysWhereItIs() throws {
    var update = RunUpdate()
    update.recording = RecordingStatus(path: "runs/run.tapedeck", byteCount: 1)
    let recorded = state.on(update, seconds: 11).state
    let notice = recorded.on(try press(on: "REC", in: recorded)).state.notice
    #expect(notice?.text.contains("recording to runs/run.tapedeck") == true)
  }

  @Test func theAnswersOfAQuestionCanBeClicked() throws {
    let asked = States.digits(.running).after("q")
    #expect(try asked.answer(press(on: "q quit", in: asked, from: 3)) == "→ quit")
    #expect(try asked.answer(press(on: "esc stay", in: asked, from: 3)) == "nothing open")
  }

  @Test func theRightButtonOpensAMenuOfWhatIsThere() throws {
    let menu = state.on(try press(on: "fc1.relu", in: state, from: 3, .right)).state
    #expect(menu.overlay is MenuOverlay)
    #expect(menu.focus.node == "fc1.relu")
    #expect(menu.lines.contains { $0.contains("run to here") && $0.contains(" r") })
    #expect(menu.answer("r") == "nothing open → runTo fc1.relu")
    #expect(try menu.answer(press(on: "run to here", in: menu)) == "nothing open → runTo fc1.relu")
    #expect(menu.after(.down).answer(.enter) == "nothing open → runTo fc1.relu")
    #expect(menu.answer(.escape) == "nothing open")
    #expect(menu.answer(.mouse(MouseEvent(x: 0, y: 39, kind: .press))) == "nothing open")
  }

  @Test func theMenuOfTheHeaderIsThatOfTheRun() {
    let menu = state.on(.mouse(MouseEvent(x: 30, y: 0, kind: .press, button: .right))).state
    #expect(menu.lines.contains { $0.contains("go to a step…") && $0.contains(" g") })
    #expect(menu.lines.contains { $0.contains("write a note…") && $0.contains(":note") })
  }

  @Test func theMenuStaysOnTheScreenAndGoesRound() {
    let corner = MouseEvent(x: 119, y: 38, kind: .press, button: .right)
    let menu = state.on(.mouse(corner)).state
    #expect(menu.lines.count == 40)
    #expect(menu.after(.up).overlay is MenuOverlay)
    for size in [Size(width: 60, height: 16), Size(width: 80, height: 24)] {
      let small = States.digits(.paused, size).after("M")
      #expect(small.after(.end).lines.count == size.height)
    }
  }

  @Test func theMouseIsGivenToTheTerminalAndBack() {
    #expect(
      state.entering("mouse off")
        == "no line 'the mouse selects text in the terminal; :mouse on takes it back' → mouse false")
    #expect(state.entering("mouse on") == "no line 'the mouse works in the panes again' → mouse true")
  }
}
