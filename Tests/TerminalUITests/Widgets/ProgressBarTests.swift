import TerminalUI
import Testing

struct ProgressBarTests {
  @Test(
    arguments: [
      (0, "──────────"), (0.5, "█████─────"), (0.33, "███▎──────"), (1, "██████████"), (-3, "──────────"),
      (7, "██████████"), (.nan, "──────────"), (.infinity, "██████████"),
    ] as [(Double, String)])
  func theBarIsFilledToItsFraction(_ fraction: Double, _ text: String) {
    #expect(lines(ProgressBar(fraction: fraction), 10, 1) == [text])
  }

  @Test func inASCIIThereAreOnlyWholeCells() {
    #expect(lines(ProgressBar(fraction: 0.33), 10, 1, asciiOnly) == ["###-------"])
  }

  @Test func aProgressBarStaysInItsArea() { #expect(staysInside(ProgressBar(fraction: 0.7))) }
}
