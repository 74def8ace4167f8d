import Autograd
import Testing
import Trace

struct BreakpointTextTests {
  private func parse(_ text: String) throws -> Breakpoint { try Breakpoint(id: 1, parsing: text) }

  private func condition(_ text: String) throws -> Condition { try #require(try parse(text).condition) }

  private func measure(
    _ measure: Condition.Measure, _ node: String, _ comparison: Condition.Comparison, _ number: Double,
    view: TensorView = .value
  ) -> Condition {
    .comparison(.measure(measure, of: .init(node: node, view: view)), comparison, number)
  }

  // MARK: What texts mean

  @Test func aNameIsABreakpointOnItsNode() throws {
    #expect(try parse("fc1.linear") == Breakpoint(id: 1, node: "fc1.linear"))
    #expect(try parse("  mean  ") == Breakpoint(id: 1, node: "mean"))
    #expect(try parse("0.weight") == Breakpoint(id: 1, node: "0.weight"))
  }

  @Test(arguments: [
    ("forward", [Phase.forward]), ("backward", [.backward]), ("update", [.update]),
    ("both", [.forward, .loss, .backward]), ("both update", [.forward, .loss, .backward, .update]),
  ])
  func wordsAfterANameArePhases(_ words: String, _ phases: [Phase]) throws {
    #expect(try parse("fc1.linear \(words)") == Breakpoint(id: 1, node: "fc1.linear", phases: Set(phases)))
  }

  @Test func comparisonsReadAsTheyAreWritten() throws {
    #expect(try condition("loss > 10") == .comparison(.loss, .greater, 10))
    #expect(try condition("step==300") == .comparison(.step, .equal, 300))
    #expect(try condition("epoch >= 2") == .comparison(.epoch, .greaterOrEqual, 2))
    #expect(
      try condition("norm(fc1.weight.grad) > 5") == measure(.norm, "fc1.weight", .greater, 5, view: .gradient)
    )
    #expect(try condition("max(fc1.relu) == 0") == measure(.max, "fc1.relu", .equal, 0))
    #expect(try condition("zeros(fc1.relu) != 9e-1") == measure(.zeros, "fc1.relu", .notEqual, 0.9))
    #expect(try condition("min( fc2.linear )<=-1.5E+3") == measure(.min, "fc2.linear", .lessOrEqual, -1500))
    #expect(try condition("nan(fc1.relu) > 0") == measure(.nan, "fc1.relu", .greater, 0))
    #expect(try condition("loss < inf") == .comparison(.loss, .less, .infinity))
    #expect(try condition("loss > -inf") == .comparison(.loss, .greater, -.infinity))
  }

  @Test func conditionsOfUnitsNeedNoComparison() throws {
    #expect(try condition("dead(fc1.relu)") == measure(.dead, "fc1.relu", .greater, 0.5))
    #expect(try condition("dead(fc1.relu) > 0.3") == measure(.dead, "fc1.relu", .greater, 0.3))
    #expect(try condition("saturated(fc1.tanh)") == measure(.saturated, "fc1.tanh", .greater, 0.5))
    let vanishing = measure(.vanishing, "fc1.weight", .greater, 0.5, view: .gradient)
    #expect(try condition("vanishing(fc1.weight)") == vanishing)
    #expect(try condition("vanishing(fc1.weight.grad)") == vanishing)
    for text in ["dead(fc1.relu)", "vanishing(fc1.weight) or dead(x) > 0.3", "saturated(a) and nan"] {
      #expect(try parse(text).text == text)
    }
  }

  @Test func theDiagnosisIsABreakpoint() throws {
    let breakpoint = try parse(" diagnosis ")
    #expect(breakpoint.stopsAtFindings && breakpoint.condition == nil)
    #expect(breakpoint.text == "diagnosis")
    #expect(try parse("\"diagnosis\"").node == "diagnosis")
    #expect(try parse("\"diagnosis\"").text == "\"diagnosis\"")
  }

  @Test func andBindsTighterThanOr() throws {
    let loss = Condition.comparison(.loss, .greater, 1)
    #expect(try condition("nan or inf and loss > 1") == .or(.nan, .and(.infinite, loss)))
    #expect(try condition("nan and inf or loss > 1") == .or(.and(.nan, .infinite), loss))
    #expect(try condition("(nan or inf) and loss > 1") == .and(.or(.nan, .infinite), loss))
    #expect(try condition("((nan)) or (inf or loss > 1)") == .or(.nan, .or(.infinite, loss)))
    #expect(try condition("nan or inf or loss > 1") == .or(.or(.nan, .infinite), loss))
  }

  @Test func aConditionMayWaitAtANode() throws {
    let breakpoint = try parse("fc1.relu backward if norm(fc1.relu.grad) > 5 or nan")
    #expect(breakpoint.node == "fc1.relu")
    #expect(breakpoint.phases == [.backward])
    #expect(breakpoint.condition == .or(measure(.norm, "fc1.relu", .greater, 5, view: .gradient), .nan))
    #expect(try parse("any backward if nan").node == nil)
    #expect(try parse("any backward if nan").phases == [.backward])
  }

  @Test func namesInQuotesMayBeAnything() throws {
    #expect(try parse("\"loss\"").node == "loss")
    #expect(try parse(#""a \"b\" \\ c" update"#) == Breakpoint(id: 1, node: #"a "b" \ c"#, phases: [.update]))
    #expect(
      try condition(#"norm("x.grad".grad) > 1"#) == measure(.norm, "x.grad", .greater, 1, view: .gradient))
    #expect(try condition(#"norm("x.grad") > 1"#) == measure(.norm, "x.grad", .greater, 1))
  }

  // MARK: Texts that mean nothing

  @Test(arguments: [
    ("", "Column 1: expected a node or a condition, such as fc1.relu or loss > 10, but got the end."),
    ("loss", "Column 5: expected a comparison (< <= > >= == !=), but got the end."),
    ("loss = 3", "Column 6: expected a comparison (< <= > >= == !=), but got '='."),
    ("loss > big", "Column 8: expected a number, but got 'big'."),
    ("loss > 0x10", "Column 8: expected a number, but got '0x10'."),
    (
      "loss == nan",
      "Column 9: expected a number, since nothing compares with NaN: write 'nan' alone, or nan(fc1.relu) > 0,"
        + " but got 'nan'."
    ),
    ("loss > 3 4", "Column 10: expected 'and', 'or' or the end, but got '4'."),
    ("loss > 3)", "Column 9: expected 'and', 'or' or the end, but got ')'."),
    ("(loss > 3", "Column 10: expected 'and', 'or' or ')', but got the end."),
    (
      "loss > 3 and",
      "Column 13: expected 'loss', 'step', 'epoch', 'nan', 'inf' or a measure of a tensor "
        + "(norm, min, max, mean, std, zeros, nan, inf, dead, saturated, vanishing), but got the end."
    ),
    (
      "average(fc1.relu) > 3",
      "Column 1: expected 'loss', 'step', 'epoch', 'nan', 'inf' or a measure of a "
        + "tensor (norm, min, max, mean, std, zeros, nan, inf, dead, saturated, vanishing), but got 'average'."
    ),
    ("norm(", "Column 6: expected a tensor, such as fc1.relu or fc1.weight.grad, but got the end."),
    ("norm(fc1.relu > 3", "Column 15: expected ')', but got '>'."),
    ("fc1.relu > 3", "Column 10: expected something to compare, such as norm(fc1.relu), but got '>'."),
    (
      "fc1.relu sideways",
      "Column 10: expected 'forward', 'backward', 'update', 'both', 'if' or the end, "
        + "but got 'sideways'."
    ),
    ("fc1.relu backward 7", "Column 19: expected 'if' or the end, but got '7'."),
    (
      "\"fc1",
      "Column 1: expected a node or a condition, such as fc1.relu or loss > 10, "
        + "but got a quotation mark that is not closed."
    ),
  ])
  func whatIsWrongIsSaidWithItsColumn(_ text: String, _ sentence: String) throws {
    let error = try #require(throws: BreakpointSyntaxError.self) { try parse(text) }
    #expect(error.description == sentence)
    #expect(sentence.hasSuffix(error.message.dropFirst("Expected".count)))
    #expect((1...text.count + 1).contains(error.column))
  }

  @Test func aConditionHasAnEnd() throws {
    let many = Array(repeating: "nan", count: 64).joined(separator: " or ")
    #expect(throws: Never.self) { try parse(many) }
    #expect(throws: BreakpointSyntaxError.self) { try parse(many + " or nan") }
    #expect(throws: BreakpointSyntaxError.self) { try parse(String(repeating: "(", count: 100_000)) }
    #expect(throws: Never.self) {
      try parse(String(repeating: "(", count: 10_000) + "nan" + String(repeating: ")", count: 10_000))
    }
  }

  // MARK: Texts of breakpoints

  @Test(arguments: [
    "fc1.linear", "fc1.linear both", "fc1.weight update if norm(fc1.weight) > 100",
    "any backward if nan or inf",
    "loss > 10", "(nan or inf) and step >= 300", "nan and (inf and loss < 0.001)", "\"nan\" forward", "any",
  ])
  func aTextThatIsInOrderStaysAsItIs(_ text: String) throws { #expect(try parse(text).text == text) }

  @Test func theTextOfABreakpointIsReadAsTheSameBreakpoint() throws {
    var random = RandomBreakpoints(generator: Generator(seed: 5))
    for _ in 0..<2_000 {
      let breakpoint = random.breakpoint()
      let text = breakpoint.text
      #expect(try parse(text) == breakpoint, "\(text)")
    }
  }

  @Test func noTextIsTooStrangeToBeRead() {
    var generator = Generator(seed: 6)
    let pieces = [
      "fc1.relu", "loss", "nan", "inf", "norm", "(", ")", "(", "and", "or", "if", ">", "=", "==", "<=", "!",
      "\"",
      "\\", "1e", "-", "+", "1e-5", "-3", ".", ".grad", "any", "both", "update", " ", " ", "é", "🎛", "\n",
      "\0",
    ]
    var readable = 0
    for _ in 0..<20_000 {
      let text = (0..<generator.below(9)).map { _ in pieces[generator.below(pieces.count)] }.joined(
        separator: generator.below(2) == 0 ? " " : "")
      do throws(BreakpointSyntaxError) {
        let breakpoint = try Breakpoint(id: 1, parsing: text)
        #expect((try? Breakpoint(id: 1, parsing: breakpoint.text)) == breakpoint, "\(text)")
        readable += 1
      } catch {
        #expect((1...text.count + 1).contains(error.column), "\(text)")
      }
    }
    #expect(readable > 100)
  }
}

/// Makes breakpoints of all kinds.
private struct RandomBreakpoints {
  var generator: Generator

  mutating func breakpoint() -> Breakpoint {
    var result = Breakpoint(id: 1, node: chance(3) ? nil : name())
    for phase in Phase.allCases where chance(3) { result.phases.insert(phase) }
    if !chance(3) { result.condition = condition(depth: 4) }
    return result
  }

  private mutating func condition(depth: Int) -> Condition {
    switch generator.below(depth == 0 ? 4 : 8) {
    case 0: return .nan
    case 1: return .infinite
    case 2, 3:
      let comparison = Condition.Comparison.allCases[generator.below(6)]
      return .comparison(quantity(), comparison, number())
    case 4, 5: return .and(condition(depth: depth - 1), condition(depth: depth - 1))
    default: return .or(condition(depth: depth - 1), condition(depth: depth - 1))
    }
  }

  private mutating func quantity() -> Condition.Quantity {
    switch generator.below(5) {
    case 0: return .step
    case 1: return .epoch
    case 2: return .loss
    default:
      let measure = Condition.Measure.allCases[generator.below(Condition.Measure.allCases.count)]
      let isOfGradient = measure == .vanishing || !chance(2)
      return .measure(measure, of: .init(node: name(), view: isOfGradient ? .gradient : .value))
    }
  }

  private mutating func number() -> Double {
    let numbers = [
      0, -0.0, 1, -3, 300, 0.1, 1e-9, -1e300, .leastNonzeroMagnitude, .infinity, -.infinity, 1e17, .pi,
    ]
    return numbers[generator.below(numbers.count)]
  }

  private mutating func name() -> String {
    let names = [
      "fc1.weight", "relu", "0.weight", "nan", "loss", "any", "if", "a b", "x.grad", ".grad", "", "q\"\\",
      "-x",
      "1e-5", "é", "forward", "norm", "mean", "(",
    ]
    return names[generator.below(names.count)]
  }

  private mutating func chance(_ count: Int) -> Bool { generator.below(count) == 0 }
}
