import DebuggerUI
import TerminalUI
import Testing
import Trace

struct HeaderNewsTests {
  private let state = States.digits(.paused)

  private func after(_ change: (inout RunUpdate) -> Void, in state: DebuggerState? = nil) -> DebuggerState {
    var update = RunUpdate()
    change(&update)
    return (state ?? self.state).on(update, seconds: 11).state
  }

  private func recorded(_ problem: String? = nil, _ size: Size = States.standard) -> DebuggerState {
    after(
      {
        $0.recording = RecordingStatus(
          path: "/tmp/runs/digits.tapedeck", byteCount: 3_120_000, problem: problem)
      }, in: States.digits(.paused, size))
  }

  @Test func theRecordingStandsAtTheRightOfTheFirstRow() {
    #expect(recorded().lines[0].hasSuffix("● REC digits.tapedeck 3.1 MB"))
    #expect(recorded().lines[0].contains("seed 42"))
    #expect(recorded(nil, States.small).lines[0].hasSuffix("● REC digits.tapedeck 3.1 MB"))
    #expect(after({ $0.warnings = ["something"] }, in: recorded()).lines[0].hasSuffix("3.1 MB"))
  }

  @Test func aWarningThatNeedsItTakesTheRoomOfTheName() {
    let warning = String(repeating: "x", count: 74)
    let small = after({ $0.warnings = [warning] }, in: States.digits(.paused, States.small))
    #expect(small.lines[0].hasPrefix(" ✗ \(warning)"))
    #expect(after({ $0.warnings = [warning] }).lines[0].hasPrefix(" TAPEDECK  ✗ \(warning)  esc"))
  }

  @Test func theLossPaneAndTheHeaderNameTheSameEpochsResults() {
    func says(_ head: Int, _ text: String) -> [Bool] {
      var moment = DigitsRun.moment(.update, 3, step: 50)
      moment.head = Position(step: head, phase: .update, node: 3)
      let lines = States.digits(.paused, moment).lines
      return ["val acc ", "  val "].map { name in lines.contains { $0.contains("\(name)\(text) %") } }
    }
    #expect(says(300, "78.0") == [true, true])
    #expect(says(50, "90.5") == [true, true])
  }

  @Test func whatStandsBehindTheMarkDoesNotMoveWithIt() {
    func column(_ step: Int) -> Int? {
      var state = States.digits(.paused, DigitsRun.moment(.update, 3), Size(width: 200, height: 60))
      (state.mark, state.pace) = (Position(step: step, phase: .forward, node: 0), 60)
      let row = state.lines[1]
      #expect(row.contains("mark \(step) "))
      return row.range(of: "pace 60/s").map { row.distance(from: row.startIndex, to: $0.lowerBound) }
    }
    #expect(column(3) != nil)
    #expect(Set([3, 47, 300].map(column)).count == 1)
  }

  @Test func anEndedRecordingSaysWhy() {
    let lines = recorded("no space is left on the disk.").lines
    #expect(lines[0].hasSuffix("✗ digits.tapedeck: no space is left on the disk."))
    let small = recorded(String(repeating: "a long reason ", count: 20), States.small).lines
    #expect(small[0].contains("✗ digits.tapedeck: a long reason"))
  }

  @Test(arguments: [
    (0, "0 B"), (812, "812 B"), (1_000, "1.0 kB"), (99_940, "99.9 kB"), (999_499, "999 kB"),
    (999_500, "1.0 MB"), (3_120_000, "3.1 MB"), (5_000_000_000, "5.0 GB"),
  ])
  func sizesHaveTheirUnit(bytes: Int, text: String) {
    let state = after { $0.recording = RecordingStatus(path: "a", byteCount: bytes) }
    #expect(state.lines[0].hasSuffix("● REC a \(text)"))
  }

  @Test func aReplayAndAWatchedRunNameTheirFile() {
    for (source, text) in [
      (
        RunDescription.Source.replay(file: "runs/digits.tapedeck"),
        "TAPEDECK  ▶ REPLAY digits.tapedeck  digits"
      ),
      (.watch(file: "digits.tapedeck"), "TAPEDECK  ◉ WATCH digits.tapedeck  digits"),
    ] {
      let state = after {
        $0.description = DigitsRun.description
        $0.description?.source = source
      }
      #expect(state.lines[0].contains(text))
    }
  }

  @Test func whatTheRunSaysOfAMomentIsNoProblem() {
    let state = after { $0.notice = "Step 1 was not kept: this is step 5." }
    #expect(state.notice?.text == "Step 1 was not kept: this is step 5." && state.notice?.kind == .done)
    #expect(state.warnings.isEmpty)
  }

  @Test func aSeekShowsItsProgress() {
    let progress = RunUpdate.Progress(start: 200, step: 262, target: 300)
    let far = after { $0.progress = progress }
    #expect(far.lines[1].contains("back to step 300 ") && far.lines[1].contains(" 62 %"))
    // News without a moment leave it, and the moment it leads to ends it.
    #expect(after({ $0.warnings = ["something"] }, in: far).seek == progress)
    let there = after({ $0.moment = DigitsRun.moment(.backward, 1) }, in: far)
    #expect(there.seek == nil)
    #expect(there.lines[1].contains("step 300 of 480"))
  }

  @Test func aSeekToWhereTrainingHasNotBeenLeadsAhead() {
    let state = after { $0.progress = RunUpdate.Progress(start: 300, step: 310, target: 400) }
    #expect(state.lines[1].contains("ahead to step 400 ") && state.lines[1].contains(" 10 %"))
  }

  @Test func aSeekOfNoLengthIsDone() {
    let state = after { $0.progress = RunUpdate.Progress(start: 5, step: 5, target: 5) }
    #expect(state.lines[1].contains("100 %"))
  }
}
