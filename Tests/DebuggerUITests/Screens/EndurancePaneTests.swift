import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Panes stand whatever a run gives them, in any room.
struct EndurancePaneTests {
  private static let sizes = [
    (0, 0), (0, 5), (5, 0), (1, 1), (2, 2), (3, 3), (4, 1), (7, 3), (20, 2), (2, 20), (60, 16), (80, 24),
  ]

  /// Draws every pane at every size; false if one draws outside its area.
  private func staysInside(_ state: DebuggerState) -> Bool {
    let mark = Cell("~", style: .foreground(.rgb(1, 2, 3)))
    for pane in PaneTable.ids {
      for (width, height) in Self.sizes {
        for capabilities in [
          TerminalCapabilities.full, TerminalCapabilities(colorSupport: .none, isUnicode: false),
        ] {
          var buffer = Buffer(size: Size(width: width + 4, height: height + 4), capabilities: capabilities)
          buffer.fill(buffer.bounds, with: mark)
          let area = Rect(x: 2, y: 2, width: width, height: height)
          state.draw(pane, into: &buffer, area)
          for y in 0..<height + 4 {
            for x in 0..<width + 4 where !area.contains(x: x, y: y) && buffer[x, y] != mark { return false }
          }
        }
      }
    }
    return true
  }

  private func paused(_ moment: Moment, _ size: Size = States.standard) -> DebuggerState {
    States.digits(.paused, moment, size)
  }

  /// The gradient of fc2.linear with other values.
  private func moment(shape: [Int], _ values: [Float]) -> Moment {
    var moment = DigitsRun.moment(.backward, 1)
    moment.focus = TensorSnapshot(node: "fc2.linear", view: .gradient, shape: shape, values: values)
    return moment
  }

  @Test(arguments: States.Status.allCases)
  func everyPaneStaysInItsArea(status: States.Status) {
    for keys in [["1"], ["2"], ["3"], ["4", "y"], ["5"], ["6"]] as [[Press]] {
      #expect(staysInside(keys.reduce(States.digits(status)) { $0.after($1) }))
    }
  }

  @Test func valuesThatAreNotFiniteAreCountedAndSaid() {
    let values = (0..<640).map { [Float.nan, .infinity, -.infinity, 1, -1][$0 % 5] }
    let state = paused(moment(shape: [64, 10], values)).after("2")
    #expect(staysInside(state))
    #expect(state.lines.contains { $0.contains("NaN 128") && $0.contains("inf 256") })
    #expect(state.lines.contains { $0.contains("[0,0] = NaN") })
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func aTensorOfNothingFiniteIsDrawn(value: Float) {
    let state = paused(moment(shape: [64, 10], Array(repeating: value, count: 640))).after("2")
    #expect(staysInside(state))
    #expect(state.lines.contains { $0.contains("640") })
  }

  @Test(arguments: [[0], [0, 5], [5, 0], [0, 0], [2, 0, 3]])
  func aTensorWithoutValuesIsDrawn(shape: [Int]) {
    let state = paused(moment(shape: shape, [])).after("2", .down, .right, .pageDown)
    #expect(staysInside(state))
    #expect(state.cell == Matrix.Place(row: 0, column: 0) || shape.last != 0)
  }

  @Test func aTensorOfOneValueAndOneWhoseShapeIsTooLargeAreDrawn() {
    #expect(staysInside(paused(moment(shape: [], [7])).after("2")))
    #expect(staysInside(paused(moment(shape: [3, 4], [1, 2])).after("2", .down, .right)))
  }

  @Test func normsThatAreNotFiniteMarkTheirNodesAndBars() {
    var moment = DigitsRun.moment(.update, 3)
    moment.states[3].valueNorm = .nan
    moment.states[7].gradientNorm = .infinity
    moment.parameters[0].gradientNorm = .nan
    moment.parameters[1].gradientNorm = .infinity
    moment.parameters[2].gradientNorm = 0
    moment.parameters[3].gradientNorm = 1e-12
    moment.parameters[3].updateRatio = 1e-9
    let state = paused(moment)
    #expect(staysInside(state))
    let lines = state.lines
    #expect(lines.contains { $0.contains("fc1.weight") && $0.contains("NaN broken") })
    #expect(lines.contains { $0.contains("fc1.bias") && $0.contains("exploding") })
    #expect(lines.contains { $0.contains("fc2.bias") && $0.contains("vanishing") })
  }

  @Test func whereOnlyTheUpdateIsSmallTheGradientHasNotVanished() {
    var moment = DigitsRun.moment(.update, 3)
    for place in moment.parameters.indices {
      moment.parameters[place].gradientNorm = 0.1
      moment.parameters[place].updateRatio = 1e-9
    }
    let lines = paused(moment).lines
    #expect(!lines.contains { $0.contains("vanishing") })
    #expect(lines.contains { $0.contains("fc2.weight") && $0.contains("Δ/w 1.0e−9") })
  }

  @Test(arguments: [Float.nan, .infinity, 0, -1, 1e-30, 1e30])
  func aLossCurveOfAnyValuesIsDrawn(value: Float) {
    for key: Press in ["4", "y"] {
      var update = RunUpdate()
      update.losses = (300..<400).map { .init(step: $0, loss: $0 % 3 == 0 ? value : 1) }
      update.epochs = [
        EpochResult(
          epoch: 13, step: 312, loss: .nan, validationLoss: .infinity, trainAccuracy: .nan,
          validationAccuracy: .nan, seconds: 1)
      ]
      #expect(staysInside(States.digits(.running).after(key).on(update, seconds: 1).state))
    }
  }

  @Test func aLossCurveOfNothingFiniteIsDrawn() {
    var update = RunUpdate()
    update.losses = (1..<100).map { .init(step: $0, loss: .nan) }
    let state = DebuggerState(size: States.standard).on(update, seconds: 1).state
    #expect(staysInside(state) && staysInside(state.after("y")))
  }

  @Test func aRunOfNothingIsDrawn() {
    var update = RunUpdate()
    update.status = .paused
    update.description = RunDescription(
      data: "", network: "", optimizer: "", batchSize: 0, seed: 0, epochs: 0, stepsPerEpoch: 0)
    update.moment = Moment(position: Position(step: 0, phase: .batch, node: 0))
    let state = DebuggerState(size: States.standard).on(update, seconds: 0).state
    #expect(staysInside(state))
    #expect(state.lines[0].contains("TAPEDECK"))
    #expect(state.lines.contains { $0.contains("the graph appears as the first nodes run") })
  }

  @Test func aMomentWhoseStatesAndCurrentNodeAreMissingIsDrawn() {
    var moment = DigitsRun.moment(.forward, 0)
    moment.states = []
    moment.current = 99
    #expect(staysInside(paused(moment)))
    #expect(staysInside(paused(moment).after(.up, .left, "v")))
  }

  @Test func aLongMessageOfAFailureFitsTheSmallestScreen() {
    var update = RunUpdate()
    update.status = .failed(String(repeating: "a very long message ", count: 200))
    let state = States.digits(.failed, Size(width: 60, height: 16)).on(update, seconds: 1).state
    #expect(state.lines.contains { $0.contains("a very long message") })
    #expect(state.lines.contains { $0.contains("Press q to quit.") })
  }
}
