import DebuggerUI
import TerminalUI
import Testing

/// The screen of the list of recordings.
struct RunListScreenTests {
  private func text(_ state: RunListState) -> String { state.screen().lines.joined(separator: "\n") }

  @Test func theListShowsStatesSettingsAndNumbers() {
    let state = RunSamples.list()
    let lines = state.screen().lines
    #expect(lines[0].hasPrefix(" TAPEDECK  recordings in /runs") && lines[0].hasSuffix("4 recordings"))
    let written = lines.first { $0.contains("other ") } ?? ""
    for word in ["● writing", "digits", "sgd", "0.1", "480", "0.2000", "94.1 %", "2026-11-03 10:00"] {
      #expect(written.contains(word), "\(word)")
    }
    #expect(lines.contains { $0.contains("run10") && $0.contains("✓ finished") && $0.contains("NaN") })
    #expect(lines.contains { $0.contains("cut") && $0.contains("✗ damaged") })
    #expect(lines.contains { $0.contains("recorded ▾") })
  }

  @Test func whatIsWrongWithTheSelectedFileIsSaid() {
    var state = RunSamples.list()
    state.press(.end)
    #expect(text(state).contains("expected a whole database, got one cut short."))
  }

  @Test func chosenRunsHaveTheirNumberAndColourInTheListAndTheCurves() throws {
    var state = RunSamples.list()
    state.press(" ", .down, " ")
    let screen = state.screen()
    let row = try #require(screen.lines.firstIndex { $0.contains("run10") && $0.contains("finished") })
    #expect(screen[1, row].scalar == "2")
    #expect(screen[1, row].style.foreground == Accents.series[1])
    #expect(text(state).contains("1 other") && text(state).contains("2 run10"))
    #expect(text(state).contains("Settings that differ") && text(state).contains("--lr"))
    #expect(screen.lines[0].hasSuffix("4 recordings, 2 chosen"))
  }

  @Test func aRunThatEndedInNaNIsNotSaidToBeFinished() {
    let run = RunSamples.run("broken", lr: 10, loss: .nan, state: .diverged)
    #expect(text(RunSamples.list([run])).contains("✗ ended in NaN"))
  }

  @Test func aRunThatExplodesDoesNotFlattenTheOthers() {
    var state = RunSamples.list()
    let points = (1...50).map { RunDetail.Point(step: $0, loss: $0 < 5 ? 2 : 1e6 * Float($0)) }
    state.take([.detail(path: "/runs/run10.tapedeck", RunDetail(points: points))])
    state.press(" ", .down, " ", .down, " ")
    let screen = text(state)
    #expect(screen.contains("run10 ↑"))
    #expect(!screen.contains("M┤") && !screen.contains("k┤"))
  }

  @Test func anEmptyFolderSaysWhatToDo() {
    var state = RunListState(size: Size(width: 80, height: 24), folder: "/runs")
    #expect(text(state).contains("looking into the folder…"))
    state.take([.listed([])])
    #expect(text(state).contains("There is no recording in /runs yet."))
    #expect(text(state).contains("tapedeck train --record run.tapedeck"))
    state.take([.obstacle("There is no folder /runs.")])
    #expect(text(state).contains("There is no folder /runs."))
  }

  @Test func theHelpNamesTheKeysAndAnyKeyClosesIt() {
    var state = RunSamples.list(width: 80, height: 24)
    state.press("?")
    #expect(text(state).contains("any key closes"))
    state.press("j")
    #expect(!text(state).contains("any key closes"))
  }

  @Test func quitAndHelpAreInTheFooterAtAnyWidth() {
    for width in 40...200 {
      let lines = RunSamples.list(width: width, height: 16).screen().lines
      #expect(lines[15].contains("q quit  ? help"), "\(width)")
    }
  }

  @Test func theFirstColumnsAreThereOnASmallScreen() {
    let lines = RunSamples.list(width: 60, height: 16).screen().lines
    #expect(lines.contains { $0.contains("other") && $0.contains("●") && $0.contains("0.2000") })
  }

  @Test func aLargeScreenShowsEverything() {
    var state = RunSamples.list(width: 200, height: 60)
    state.press(" ", .down, " ")
    let screen = text(state)
    for word in ["64→128→10", "600 kB", "Tapedeck", "val loss", "seed"] {
      #expect(screen.contains(word), "\(word)")
    }
  }

  @Test func everySizeIsDrawnInEveryState() {
    let keys: [[Key]] = [
      [], ["?"], ["/", "x"], [" ", .down, " "], [" ", .down, " ", "t"], [" ", "z", "v"],
      [" ", .down, " ", "v", "v", "y", "J"], [.end],
    ]
    for keys in keys {
      for width in stride(from: 0, through: 130, by: 9) {
        for height in stride(from: 0, through: 33, by: 3) {
          var state = RunSamples.list(width: width, height: height)
          for key in keys { state.press(key) }
          _ = state.screen()
        }
      }
    }
    _ = RunSamples.list().screen(.none, isUnicode: false)
  }

  @Test func theMouseSelectsAndChooses() throws {
    var state = RunSamples.list()
    let row = try #require(state.screen().lines.firstIndex { $0.contains("run2 ") })
    _ = state.update(.mouse(MouseEvent(x: 20, y: row, kind: .press)))
    #expect(state.selectedRun?.name == "run2" && state.chosen.isEmpty)
    _ = state.update(.mouse(MouseEvent(x: 20, y: row, kind: .press)))
    #expect(state.chosen.count == 1)
    _ = state.update(.mouse(MouseEvent(x: 20, y: row, kind: .wheelUp)))
    #expect(state.selectedRun?.name == "run10")
  }
}
