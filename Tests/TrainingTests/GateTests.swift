import Dispatch
import Testing
import Trace
import Training

struct GateTests {
  @Test func aGateThatNobodyAskedHasNoRequests() {
    let gate = Gate()
    #expect(!gate.hasRequests)
    #expect(gate.take().commands.isEmpty)
  }

  @Test func requestsAreTakenOnceAndInOrder() {
    let gate = Gate()
    gate.send(.nextNode)
    gate.send(.run)
    gate.requestMoment()
    #expect(gate.hasRequests)
    let taken = gate.take()
    #expect(taken.commands == [.nextNode, .run])
    #expect(taken.wantsMoment)
    #expect(!gate.hasRequests)
    #expect(gate.take().commands.isEmpty)
  }

  @Test func aThreadThatWaitsIsReleasedByAnother() {
    let gate = Gate()
    DispatchQueue.global().async { @Sendable in gate.send(.run) }
    gate.wait()
    #expect(gate.take().commands == [.run])
  }

  @Test func waitingForSomeTimeEndsWithoutARequest() {
    let gate = Gate()
    gate.wait(seconds: 0.001)
    #expect(!gate.hasRequests)
  }
}
