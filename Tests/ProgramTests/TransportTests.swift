import TestSupport
import Testing

/// The keys of the deck in a real terminal.
@Suite(.serialized) struct TransportTests {
  /// One step, node by node, in the order in which the engine runs it.
  static let step = [
    "batch 1 x value", "zero_grad 1 fc1.weight gradient", "forward 1 fc1.linear value",
    "forward 2 fc1.relu value", "forward 3 fc2.linear value",
    "loss 1 cross_entropy value", "backward 1 cross_entropy gradient", "backward 2 fc2.linear gradient",
    "backward 3 fc1.relu gradient", "backward 4 fc1.linear gradient", "update 1 fc1.weight update",
    "update 2 fc1.bias update", "update 3 fc2.weight update", "update 4 fc2.bias update",
  ]

  /// The first step, before which there are no gradients.
  static let firstStep = step.map {
    $0.replacing("zero_grad 1 fc1.weight gradient", with: "zero_grad 1 fc1.weight value")
  }

  @Test func aPointRunsExactlyOneNode() throws {
    try Deck.open("--paused") { deck in
      for step in 1...2 {
        for place in step == 1 ? Self.firstStep : Self.step {
          try deck.wait(at: place)
          #expect(try deck.wait(status: "▮ PAUSE") == step)
          try deck.press(".")
        }
      }
      try deck.wait(at: Self.step[0])
    }
  }

  @Test func aCommaLeadsBackThroughTheSameNodesInReverse() throws {
    try Deck.open("--paused") { deck in
      let places = Self.firstStep + Self.step
      for place in places.dropLast() {
        try deck.wait(at: place)
        try deck.press(".")
      }
      try deck.wait(at: Self.step[13])
      for place in places.dropLast().reversed() {
        try deck.press(",")
        try deck.wait(at: place)
        try deck.wait(status: "◀ PAST")
      }
      try deck.press(",")
      for place in places.dropFirst() {
        try deck.press(".")
        try deck.wait(at: place)
      }
      try deck.wait(status: "▮ PAUSE")
    }
  }

  @Test func nGoesToTheNextPhase() throws {
    try Deck.open("--paused") { deck in
      let places = [0, 1, 2, 5, 6, 10].map { Self.firstStep[$0] } + [0, 1, 2].map { Self.step[$0] }
      for place in places {
        try deck.wait(at: place)
        try deck.press("n")
      }
    }
  }

  @Test func aStepAheadIsTheSameNodeOfTheNext() throws {
    try Deck.open("--paused") { deck in
      try deck.wait(at: Self.step[0])
      try deck.press("n", "n", "n")
      try deck.wait(at: Self.step[5])
      for step in 1...4 {
        try deck.screen.wait(for: "step \(step)") { Deck.step($0) == step }
        try deck.wait(at: Self.step[5])
        try deck.press(">")
      }
    }
  }

  @Test func spaceRunsAndPauses() throws {
    try Deck.open("--paused") { deck in
      #expect(try deck.wait(status: "▮ PAUSE") == 1)
      try deck.press("Space")
      try deck.screen.wait(for: "some steps") { (Deck.step($0) ?? 0) > 5 }
      try deck.press("Space")
      // The run is paused at the end of a step, whose moment may come after the word.
      try deck.wait(at: Self.step[13])
      let step = try deck.wait(status: "▮ PAUSE")
      #expect(step > 5)
      try deck.press(">")
      try deck.screen.wait(for: "one more step") { Deck.step($0) == step + 1 }
      try deck.press("Space")
      try deck.screen.wait(for: "the run to continue") {
        Deck.status($0)?.hasPrefix("▶ RUN") == true && (Deck.step($0) ?? 0) > step + 5
      }
    }
  }

  @Test func aRunAtFullSpeedFinishesAndStaysOnTheScreen() throws {
    try Deck.open("--pace 0 --epochs 2") { deck in
      #expect(try deck.wait(status: "■ DONE") == 48)
      // After the update comes what the optimizer remembers, and then the value again.
      try deck.press("v")
      try deck.screen.wait(forText: "2 Node fc2.bias momentum_buffer")
      try deck.press("v")
      try deck.screen.wait(for: "the value") { Deck.place($0)?.hasSuffix("fc2.bias value") == true }
      try deck.press("q")
      try deck.screen.wait(for: "the shell") { $0.contains { $0.hasPrefix("ready>") } }
    }
  }
}
