import DebuggerUI
import TerminalUI
import Testing
import Trace

/// Two runs beside each other.
struct ComparisonScreenTests {
  private func run(_ name: String, _ factor: Float) -> ComparisonState.Run {
    ComparisonState.Run(
      name: name,
      losses: (1...120).map { step in
        .init(step: step, loss: (step < 37 ? 1 : factor) * 2 / Float(step).squareRoot())
      },
      epochs: (1...5).map { epoch in
        EpochResult(
          epoch: epoch, step: epoch * 24, loss: 1, validationLoss: Double(factor) / Double(epoch),
          trainAccuracy: 0.5, validationAccuracy: 0.5, seconds: 1)
      })
  }

  private func state(_ width: Int, _ height: Int, parts: Bool = true) -> ComparisonState {
    ComparisonState(
      size: Size(width: width, height: height), run("a.tapedeck", 1), run("b.tapedeck", parts ? 1.8 : 1),
      settings: parts
        ? [
          .init(name: "--lr", left: "0.1", right: "0.05"),
          .init(name: "changed by hand", left: "–", right: "step 37: lr 0.1 → 0.05"),
        ] : [],
      verdict: parts
        ? "They part in step 37, in backward of fc1.linear: gradient of fc1.weight, norm 0.0312 against 0.0315."
        : "They are the same to the bit through step 120.",
      step: parts ? 37 : nil)
  }

  private func screen(_ state: ComparisonState, _ support: ColorSupport = .trueColor) -> Buffer {
    var buffer = Buffer(
      size: state.size, capabilities: TerminalCapabilities(colorSupport: support, isUnicode: true))
    state.draw(into: &buffer)
    return buffer
  }

  @Test func twoRunsThatDiverge() throws {
    try GoldenScreen.expect(screen(state(80, 24)), "comparison-80x24")
  }

  @Test func twoRunsThatDivergeOnALargeScreen() throws {
    try GoldenScreen.expect(screen(state(120, 40)), "comparison-120x40")
  }

  @Test func twoRunsThatAreTheSameWithoutColours() throws {
    try GoldenScreen.expect(screen(state(80, 24, parts: false), .none), "comparison-same")
  }

  @Test func everySizeIsDrawn() {
    for width in 0...40 { for height in 0...20 { _ = screen(state(width, height)) } }
    let size = Size(width: 80, height: 24)
    let empty = ComparisonState.Run(name: "", losses: [], epochs: [])
    _ = screen(ComparisonState(size: size, empty, empty, settings: [], verdict: "", step: 9))
    let odd = ComparisonState.Run(
      name: "x", losses: [.init(step: 1, loss: .nan), .init(step: 2, loss: .infinity)], epochs: [])
    _ = screen(ComparisonState(size: size, odd, empty, settings: [], verdict: "", step: 9))
  }

  @Test func keysChangeTheLookAndLeave() {
    var state = state(80, 24)
    for key in [Key.character("y"), "v", .down, .down, "x"] { #expect(state.update(.key(key)) == false) }
    #expect(state.isLogarithmic && state.showsValidation && state.firstSetting == 1)
    #expect(state.update(.key("k")) == false && state.firstSetting == 0)
    #expect(state.update(.key("q")) == true && state.update(.key(.escape)) == true)
  }
}
