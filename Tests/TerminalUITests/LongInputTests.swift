import TerminalUI
import Testing

struct LongInputTests {
  @Test func aLineEndsWhereNobodyReadsOn() {
    var input = TextInput()
    for _ in 0..<TextInput.longest + 10 { _ = input.press(.character("a")) }
    #expect(input.characters.count == TextInput.longest)
    for key in [Key.home, .character("b")] { _ = input.press(key) }
    #expect(input.characters.count == TextInput.longest && input.characters.first == "b")
    input.insert(String(repeating: "c", count: 10_000))
    #expect(input.characters.count == TextInput.longest && input.cursor == TextInput.longest)
    for key in [Key.backspace, .character("d")] { _ = input.press(key) }
    #expect(input.characters.last == "d" && input.cursor == TextInput.longest)
  }
}
