import TerminalUI
import Testing

struct RectTests {
  @Test func negativeExtentsBecomeZero() {
    #expect(Rect(x: 1, y: 2, width: -3, height: -4) == Rect(x: 1, y: 2, width: 0, height: 0))
    #expect(Size(width: -1, height: 5) == Size(width: 0, height: 5))
  }

  @Test func anIntersectionIsThePartInBoth() {
    let one = Rect(x: 0, y: 0, width: 10, height: 5)
    #expect(one.intersection(Rect(x: 8, y: 3, width: 9, height: 9)) == Rect(x: 8, y: 3, width: 2, height: 2))
    #expect(one.intersection(Rect(x: 20, y: 0, width: 1, height: 1)).isEmpty)
  }

  @Test func anInsetLargerThanTheRectangleLeavesNothing() {
    #expect(Rect(x: 0, y: 0, width: 3, height: 1).inset(by: 1) == Rect(x: 1, y: 1, width: 1, height: 0))
    #expect(Rect(x: 0, y: 0, width: 1, height: 1).inset(by: 9).isEmpty)
  }

  @Test func extremeRectanglesDoNotOverflow() {
    let extreme = Rect(x: .max, y: .max, width: .max, height: .max)
    #expect(extreme.maxX == .max)
    #expect(extreme.inset(by: .min).maxX > 0)
    #expect(Rect(x: 0, y: 0, width: 4, height: 4).intersection(extreme).isEmpty)
    #expect(
      Rect(x: .min, y: .min, width: .max, height: .max)
        .intersection(Rect(x: 0, y: 0, width: 4, height: 4)).isEmpty)
  }

  @Test func aCenteredRectangleIsNeverLargerThanItsRoom() {
    let room = Rect(x: 2, y: 2, width: 10, height: 4)
    #expect(room.centered(Size(width: 4, height: 2)) == Rect(x: 5, y: 3, width: 4, height: 2))
    #expect(room.centered(Size(width: 99, height: 99)) == room)
  }

  @Test func aRowOutsideIsEmpty() {
    let rect = Rect(x: 1, y: 1, width: 5, height: 2)
    #expect(rect.row(1) == Rect(x: 1, y: 2, width: 5, height: 1))
    #expect(rect.row(2).isEmpty)
    #expect(rect.row(-1).isEmpty)
  }
}
