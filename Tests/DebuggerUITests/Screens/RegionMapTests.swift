import DebuggerUI
import TerminalUI
import Testing
import Trace

/// The map of decision regions in the batch pane.
struct RegionMapTests {
  /// A plane from −2 to 2 and from −1 to 1, whose left half is class 0 and whose right half is class 1; in the middle the
  /// model is not sure.
  private static let regions = DecisionRegions(
    left: -2, right: 2, bottom: -1, top: 1, columns: 40, rows: 20,
    classes: (0..<800).map { $0 % 40 < 20 ? 0 : 1 },
    confidences: (0..<800).map { (15..<25).contains($0 % 40) ? 0 : 255 },
    points: [
      .init(x: -1.5, y: 0.5, label: 0), .init(x: 1.5, y: 0.5, label: 1), .init(x: 9, y: 9, label: 1),
    ])

  private func state(_ size: Size = States.small) -> DebuggerState {
    var moment = DigitsRun.moment(.backward, 1)
    moment.batch = BatchSnapshot(
      samples: [
        .init(index: 3, label: 0, prediction: 0, probability: 0.9, values: [-1, -0.5]),
        .init(index: 5, label: 1, prediction: 0, probability: 0.9, values: [1, -0.5]),
      ], count: 2, correctCount: 1, regions: Self.regions)
    return States.digits(.paused, moment, size).after("6", "z")
  }

  private static let textOnly = TerminalCapabilities(colorSupport: .none)

  @Test func theSetIsFaintAndTheBatchIsBright() {
    let buffer = state().screen()
    let dots = buffer.cells.filter { $0.scalar == "·" && $0.style.background != .default }
    #expect(dots.count == 2)
    #expect(dots.allSatisfy { !$0.style.attributes.contains(.bold) })
    let batch = buffer.cells.filter {
      ["o", "x"].contains($0.scalar) && $0.style.background != .default
    }
    #expect(batch.count == 2 && batch.allSatisfy { $0.style.attributes.contains(.bold) })
  }

  @Test func aClassIsPalerWhereTheModelIsNotSure() {
    let buffer = state().screen()
    let row = (0..<80).map { buffer[$0, 6].style.background }.filter { $0 != .default }
    // Sure, not sure, and the same of the other class.
    #expect(Set(row).count == 4)
    let lightness = row.compactMap { Theme.dark.resolve($0).lightness }
    #expect(lightness[0] > lightness[lightness.count / 2 - 1])
  }

  @Test func bothAxesHaveTheSameScaleAndNumbers() throws {
    let lines = state().screen(Self.textOnly).lines
    let rows = lines.filter { $0.contains("..") || $0.contains("--") }.count
    let width = try #require(
      lines.first { $0.contains("....") && $0.contains("----") }?.dropFirst().dropLast()
        .drop { $0 != "." }.reversed().drop { $0 != "-" }.count)
    // The plane is twice as wide as high, and a cell twice as high as wide.
    #expect(abs(width - 4 * rows) <= 4)
    #expect(lines.contains { $0.contains("-1") || $0.contains("−1") })
    #expect(lines.contains { $0.contains("0.5┤") } || lines.contains { $0.contains("0┤") })
  }

  @Test func withoutColorsClassesAreLetters() {
    let text = state().screen(Self.textOnly).lines.joined()
    #expect(text.contains("...a") && text.contains("A..") && text.contains("--B"))
    let ascii = state().screen(TerminalCapabilities(colorSupport: .none, isUnicode: false)).lines
    #expect(ascii.allSatisfy { $0.unicodeScalars.allSatisfy(\.isASCII) })
  }

  @Test func aPressChoosesTheNearestPointOfTheBatch() throws {
    let state = state()
    let lines = state.screen(Self.textOnly).lines
    let y = try #require(lines.firstIndex { $0.contains("--B") })
    let x = try #require(Array(lines[y]).firstIndex(of: "B"))
    #expect(state.sample == 0)
    #expect(state.on(.mouse(MouseEvent(x: x + 1, y: y, kind: .press))).state.sample == 1)
    #expect(state.on(.mouse(MouseEvent(x: x - 9, y: y, kind: .press))).state.sample == 0)
  }

  @Test(arguments: [Size(width: 60, height: 16), Size(width: 120, height: 40), Size(width: 300, height: 100)])
  func everySizeHasRoomForIt(_ size: Size) {
    #expect(state(size).screen().cells.contains { $0.scalar == "x" && $0.style.background != .default })
  }

  @Test func regionsThatAreNotOfTheirSizeAreNotDrawn() {
    var moment = DigitsRun.moment(.backward, 1)
    for broken in [
      DecisionRegions(left: 0, right: 0, bottom: 0, top: 0, columns: 1, rows: 1, classes: [0]),
      DecisionRegions(left: 0, right: .infinity, bottom: 0, top: 1, columns: 1, rows: 1, classes: [0]),
      DecisionRegions(left: 0, right: 1, bottom: 0, top: 1, columns: 4, rows: 4, classes: [0]),
      DecisionRegions(left: .nan, right: 1, bottom: 0, top: 1, columns: 1, rows: 1, classes: [0]),
      DecisionRegions(left: 0, right: 1, bottom: 0, top: 1, columns: 0, rows: 0, classes: []),
    ] {
      moment.batch = BatchSnapshot(
        samples: [.init(index: 0, label: 0, values: [0, .nan])], count: 1, regions: broken)
      #expect(States.digits(.paused, moment).after("6").lines.count == 40)
    }
  }
}
