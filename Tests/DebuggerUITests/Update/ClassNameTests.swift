import DebuggerUI
import TerminalUI
import Testing
import Trace

/// The names of classes wherever a class is shown.
struct ClassNameTests {
  private static let names = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]

  private func state(_ moment: Moment, _ keys: Press...) -> DebuggerState {
    var update = RunUpdate()
    update.description = DigitsRun.description
    update.description?.classNames = Self.names
    var state = States.digits(.paused, moment).on(update, seconds: 11).state
    for key in keys { state = state.after(key) }
    return state
  }

  private func says(_ state: DebuggerState, _ text: String) -> Bool {
    state.lines.contains { $0.contains(text) }
  }

  @Test func theyAreBelowImages() {
    let batch = state(DigitsRun.moment(.backward, 0), "6", "z")
    #expect(says(batch, "✓Sneaker"))
    #expect(says(batch, "✗Co…→An…"))
    #expect(says(state(DigitsRun.moment(.forward, 0), "6", "z"), "Sneaker"))
  }

  @Test func theyAreInTheBridge() {
    let bridge = state(DigitsRun.moment(.backward, 0), "3", "z")
    #expect(says(bridge, "label Sneaker"))
    #expect(says(bridge, "Ankle boot"))
  }

  @Test func theyAreBesideTheNetworksOutput() {
    let output = state(DigitsRun.moment(.forward, 2), "2", .right)
    #expect(says(output, "  Trouser"))
    #expect(!says(state(DigitsRun.moment(.forward, 1), "2", .right), "  Trouser"))
  }
}
