import TerminalUI
import Testing

struct LongInputTests {
  @Test func aLineEndsWhereNobodyReadsOn() {
    var input = TextInput()
    for _ in 0..<TextInput.longest + 10 { #expect(input.press(.character("a"))) }
    #expect(input.characters.count == TextInput.longest)
    #expect(input.press(.home) && input.press(.character("b")))
    #expect(input.characters.count == TextInput.longest && input.characters.first == "b")
    input.insert(String(repeating: "c", count: 10_000))
    #expect(input.characters.count == TextInput.longest && input.cursor == TextInput.longest)
    #expect(input.press(.backspace) && input.press(.character("d")))
    #expect(input.characters.last == "d" && input.cursor == TextInput.longest)
  }
}
