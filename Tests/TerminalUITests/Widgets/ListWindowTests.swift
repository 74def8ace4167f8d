import TerminalUI
import Testing

struct ListWindowTests {
  @Test func theChosenRowIsAlwaysInView() {
    for height in 1...7 {
      for selected in 0..<10 {
        for first in -3...12 {
          let visible = ListWindow.visible(count: 10, height: height, selected: selected, first: first)
          #expect(visible.contains(selected) && visible.count == height)
        }
      }
    }
  }

  @Test func anEmptyListOrNoRoomShowsNothing() {
    #expect(ListWindow.visible(count: 0, height: 5, selected: 0, first: 2).isEmpty)
    #expect(ListWindow.visible(count: 5, height: 0, selected: 3, first: 0).isEmpty)
  }
}
