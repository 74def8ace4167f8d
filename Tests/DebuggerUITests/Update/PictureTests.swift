import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Saving the screen as a picture.
struct PictureTests {
  private func saved(_ effects: [DebuggerEffect]) -> ScreenPicture? {
    guard case .save(let picture)? = effects.first, effects.count == 1 else { return nil }
    return picture
  }

  @Test func theScreenIsSavedAsItIs() throws {
    let state = States.digits(.paused)
    let picture = try #require(saved(state.effects(of: "S")))
    #expect(picture.screen == state.screen())
    #expect((picture.file, picture.name) == (nil, "tapedeck-digits-step-300"))
    #expect(picture.title == "tapedeck: digits, step 300")
  }

  @Test func theLineThatWasTypedIsNotInThePicture() throws {
    let state = States.digits(.paused)
    let picture = try #require(saved(state.typing("save a b.html").on(.key(.enter)).effects))
    #expect(picture.file == "a b.html")
    #expect(picture.screen == state.screen())
  }

  @Test func onePaneIsThePartOfTheScreenThatItHas() throws {
    let state = States.digits(.paused).after("5")
    for line in ["save pane bars.svg", "save gradients bars.svg", "save GRADIENTS bars.svg"] {
      let picture = try #require(saved(state.typing(line).on(.key(.enter)).effects))
      #expect(picture.file == "bars.svg")
      #expect(picture.screen.size.height < 40)
      #expect(picture.screen.lines[0].contains("5 Gradients"))
    }
    #expect(saved(state.typing("save pane").on(.key(.enter)).effects)?.file == nil)
  }

  @Test func aPaneThatIsNotOnTheScreenIsSavedAsLargeAsItIsZoomed() throws {
    let state = States.digits(.paused, States.small)
    let picture = try #require(saved(state.typing("save batch").on(.key(.enter)).effects))
    #expect(picture.screen.size.width == 80)
    #expect(picture.screen.lines[0].contains("6 Batch"))
  }

  @Test func aPaneAloneHasTheSizeThatIsWanted() {
    for pane in PaneTable.ids {
      var state = States.digits(.paused)
      let size = Size(width: 70, height: 20)
      state.show(alone: pane, size: size)
      #expect(state.picture(of: pane).size == size, "\(pane.name)")
    }
  }

  @Test(arguments: [
    ("run.tapedeck", "tapedeck-run-step-300"), ("../../my run (2).tapedeck", "tapedeck-my-run-2-step-300"),
    ("..", "tapedeck-run-step-300"),
  ])
  func theNameOfTheFileIsSafe(_ recording: String, _ name: String) throws {
    var update = RunUpdate()
    var description = DigitsRun.description
    description.source = .replay(file: recording)
    update.description = description
    let state = States.digits(.paused).on(update, seconds: 11).state
    #expect(try #require(saved(state.effects(of: "S"))).name == name)
  }

  @Test func theFooterSaysWhereItWent() {
    var state = States.digits(.paused)
    state.didSave("a.svg")
    #expect(state.lines.last == " saved as a.svg")
    state.didNotSave("No room.")
    #expect(state.lines.last == " No room.")
  }

  @Test func tabOffersThePanes() {
    let table = CommandTable.standard
    let state = States.digits(.paused)
    #expect(Completion.at("save ev", table, state).candidates.map(\.text) == ["events"])
    #expect(Completion.at("save pa", table, state).candidates.map(\.text) == ["pane"])
    #expect(Completion.at("save pane ev", table, state).candidates.isEmpty)
  }
}
