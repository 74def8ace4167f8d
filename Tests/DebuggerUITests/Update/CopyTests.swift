import DebuggerUI
import TerminalUI
import Testing
import Trace

/// What is copied to the clipboard.
struct CopyTests {
  /// A run whose chosen tensor has these numbers.
  private func state(_ values: [Float], shape: [Int]) -> DebuggerState {
    var moment = DigitsRun.moment(.backward, 1)
    moment.focus = TensorSnapshot(node: "fc2.linear", view: .gradient, shape: shape, values: values)
    return States.digits(.paused, moment)
  }

  private func copied(_ effects: [DebuggerEffect]) -> String? {
    effects.compactMap { if case .copy(let text) = $0 { text } else { nil } }.first
  }

  @Test func theNumberOfTheChosenCellIsCopied() {
    let small = state([1, 2.5, -3, 4], shape: [2, 2]).after("2", .right)
    let (after, effects) = small.on(.key("Y"))
    #expect(copied(effects) == "2.5")
    #expect(after.notice?.text == "copied gradient of fc2.linear[0,1] = 2.5")
  }

  @Test func theSameKeyCopiesTheNodeAndThenTheTable() throws {
    let small = state([1, 2, 3, 4], shape: [2, 2]).after("Y")
    let node = try #require(copied(small.effects(of: "Y")))
    #expect(node.hasPrefix("node\tfc2.linear\ntensor\tgradient\nshape\t[2, 2]\nmin\t1"))
    #expect(copied(small.after("Y").effects(of: "Y")) == "1\t2\n3\t4\n")
    #expect(copied(small.after("Y", "Y").effects(of: "Y")) == "1")
    // Another cell begins anew.
    #expect(copied(small.after("2", .down).effects(of: "Y")) == "3")
  }

  @Test func aTableIsCutAfterAWholeRowAndSaysSo() throws {
    let large = state([Float](repeating: 0.125, count: 400_000), shape: [4_000, 100])
    let (after, effects) = large.typing("copy table").on(.key(.enter))
    let text = try #require(copied(effects))
    #expect(text.utf8.count <= CopiedText.longest && text.hasSuffix("0.125\n"))
    #expect(after.notice?.text.contains("of 4000 rows of fc2.linear") == true)
  }

  @Test func withoutNumbersItSaysSo() {
    #expect(copied(States.digits(.preparing).effects(of: "Y")) == nil)
    #expect(States.digits(.preparing).after("Y").notice?.kind == .problem)
    #expect(States.digits(.paused).entering("copy all").hasPrefix("5: 'all' is not one of cell, node, table"))
  }

  @Test func aCellOfAParameterIsSetFromWhereItIs() {
    var moment = DigitsRun.moment(.backward, 1)
    moment.focus = TensorSnapshot(node: "fc1.weight", view: .value, shape: [2, 2], values: [1, 2, 3, 4])
    let weight = States.digits(.paused, moment).after("2", .right)
    #expect(weight.answer("=") == "line :set fc1.weight[0,1] ")
    #expect(state([1, 2], shape: [2]).after("=").notice?.kind == .problem)
  }
}
