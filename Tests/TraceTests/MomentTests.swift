import Testing
import Trace

struct MomentTests {
  @Test func aMomentIsAtTheHeadUnlessThatIsElsewhere() {
    let moment = Moment(position: .start)
    #expect(moment.head == .start)
    #expect(!moment.isBehindHead)
    let head = Position(iteration: 1, phase: .forward, node: 0)
    #expect(Moment(position: .start, head: head).isBehindHead)
  }

  @Test func anIterationIsSoughtAtItsFirstMoment() {
    #expect(Command.seek(iteration: 1) == .seek(.start))
    #expect(Command.seek(iteration: 300) == .seek(Position(iteration: 300, phase: .batch, node: 0)))
  }
}
