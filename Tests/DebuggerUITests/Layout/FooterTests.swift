import DebuggerUI
import Localization
import TerminalUI
import Testing

/// The line of hints and the header, at every width.
struct FooterTests {
  @Test(arguments: Press.panes) func helpAndQuitAreThereAtEveryWidth(pane: Press) {
    let state = LayoutStates.digits(Size(width: 60, height: 16)).after(pane)
    for width in 60...300 {
      let line = hints(state, width)
      #expect(line.contains("? help  q quit"), "\(width): \(line)")
    }
  }

  @Test(arguments: Press.panes) func theyAreThereInSpanishToo(pane: Press) {
    Language.spanish.during {
      let state = LayoutStates.digits(Size(width: 60, height: 16)).after(pane)
      for width in 60...300 {
        let line = hints(state, width)
        #expect(line.contains("? ayuda  q salir"), "\(width): \(line)")
      }
    }
  }

  private func hints(_ state: DebuggerState, _ width: Int) -> String {
    var resized = state
    resized.size = Size(width: width, height: 16)
    resized.isZoomed = true
    return resized.lines.last ?? ""
  }

  @Test func tabViewAndZoomAreHintedOnASmallScreen() {
    let line = LayoutStates.digits(States.small).lines.last ?? ""
    for hint in ["tab pane", "v view", "z zoom", ": command"] { #expect(line.contains(hint), "\(line)") }
  }

  @Test func whatWasChosenOfThePictureIsSaidOnASmallScreen() {
    let state = LayoutStates.digits(States.small, DigitsRun.moment(.update, 3)).after("2")
    #expect(!state.text.contains("min–max"))
    #expect(state.after("s").text.contains("min–max"))
  }

  @Test func aNoticeOfTwoRowsHasRoomOfItsOwn() {
    let state = LayoutStates.digits(Size(width: 60, height: 16)).finding(Findings.dead)
    #expect(state.lines[14].hasPrefix("╰"))
    let told = state.typing("mute dead-relu").after(.enter)
    #expect(told.lines[14].contains("dead-relu is muted") && !told.lines[15].contains("? help"))
    #expect(told.lines[13].hasPrefix("╰") && told.lines[13].hasSuffix("╯"))
  }

  @Test func theFocusedPanesOwnKeysComeFirst() {
    let line = LayoutStates.digits(Size(width: 60, height: 16)).after("8").lines.last ?? ""
    #expect(line.hasPrefix(" enter open"))
  }

  @Test func theNodePaneSaysHowANumberIsSeen() {
    let line = LayoutStates.digits(States.small).after("2").lines.last ?? ""
    #expect(line.contains("e numbers  c colours"), "\(line)")
    #expect(!(LayoutStates.digits(States.small).lines.last ?? "").contains("numbers"))
  }

  @Test(arguments: [60, 66, 72, 80]) func settingsThatDoNotFitAreLeftOut(width: Int) {
    let line = LayoutStates.digits(Size(width: width, height: 24)).lines[0]
    #expect(!line.contains("…"), "\(line)")
    #expect(line.contains("SGD lr 0.1 momentum 0.9"))
  }

  @Test(arguments: [60, 72, 80, 120]) func theLossIsAlwaysThere(width: Int) {
    #expect(LayoutStates.digits(Size(width: width, height: 16)).lines[1].contains("loss 0.2143"))
  }
}
