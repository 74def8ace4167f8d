import NCursesTerminal
import TerminalUI
import Testing

struct ColorChoiceTests {
  @Test(
    arguments: [
      (256, [:], .palette256), (88, [:], .ansi16), (8, [:], .ansi16), (2, [:], .none), (0, [:], .none),
      (1 << 24, [:], .trueColor), (256, ["COLORTERM": "truecolor"], .trueColor),
      (8, ["COLORTERM": "24bit"], .trueColor), (256, ["COLORTERM": "yes"], .palette256),
      (0, ["COLORTERM": "truecolor"], .none), (256, ["NO_COLOR": "1", "COLORTERM": "truecolor"], .none),
      (256, ["NO_COLOR": ""], .palette256), (256, ["WT_SESSION": "a-b"], .trueColor),
      (256, ["TERM": "xterm-kitty"], .trueColor), (256, ["TERM": "foot"], .trueColor),
      (256, ["TERM": "screen-256color"], .palette256), (8, ["TERM": "linux"], .ansi16),
    ] as [(Int, [String: String], ColorSupport)])
  func coloursFollowTheDescriptionAndTheEnvironment(
    _ colors: Int, _ environment: [String: String], _ support: ColorSupport
  ) {
    #expect(ColorChoice.support(colors: colors, environment: environment) == support)
  }
}
