import Testing
import Trace

struct MomentTests {
  @Test func aMomentIsAtTheHeadUnlessThatIsElsewhere() {
    let moment = Moment(position: .start)
    #expect(moment.head == .start)
    #expect(!moment.isBehindHead)
    let head = Position(step: 1, phase: .forward, node: 0)
    #expect(Moment(position: .start, head: head).isBehindHead)
  }

  @Test func aStepIsSoughtAtItsFirstMoment() {
    #expect(Command.seek(step: 1) == .seek(.start))
    #expect(Command.seek(step: 300) == .seek(Position(step: 300, phase: .batch, node: 0)))
  }
}
