import DebuggerUI
import TerminalUI
import Testing
import Trace

/// The pane that shows what a run uses of the machine.
struct SystemPaneTests {
  private func sample(
    _ place: Int, script: Bool = false, devices: [DeviceMemory] = []
  ) -> SystemSample {
    func process(_ share: Double) -> SystemSample.Process {
      .init(processors: place == 0 ? nil : share, resident: 60_000_000 + place * 1_000_000, threads: 5)
    }
    return SystemSample(own: process(0.5), script: script ? process(1.43) : nil, devices: devices)
  }

  private func screen(_ state: DebuggerState) -> String {
    state.screen(.full).lines.joined(separator: "\n")
  }

  @Test func nothingIsMeasuredUnlessThePaneIsShown() {
    let state = States.digits(.running)
    #expect(!state.after(.escape).showsSystem)
    #expect(state.typing("pane system").after(.enter).showsSystem)
    #expect(!state.typing("pane system").after(.enter, "1").showsSystem)
    #expect(!state.typing("pane system").after(.enter, "2", "z").showsSystem)
  }

  @Test func itSaysThatItMeasuresBeforeThereIsAnything() {
    #expect(screen(States.digits(.running).typing("pane system").after(.enter)).contains("measuring"))
  }

  @Test func aRunOfThisProcessHasItsShareItsMemoryAndItsThreads() {
    var state = States.digits(.running).typing("pane system").after(.enter, "z")
    for place in 0..<5 { state.take(sample(place)) }
    let screen = screen(state)
    for word in ["processor", "50 %", "memory", "64.0 MB", "threads", "5", "last 0:05", "█"] {
      #expect(screen.contains(word), "\(word)")
    }
    #expect(!screen.contains("script") && !screen.contains("recording"))
  }

  @Test func theProcessorsAreKnownFromTheFirstMeasurementOn() {
    var state = States.digits(.running).typing("pane system").after(.enter, "z")
    for (place, text) in ["– of 200 %", "50 % of 200 %"].enumerated() {
      var measured = sample(place)
      measured.processorCount = 2
      state.take(measured)
      #expect(screen(state).contains(text))
    }
  }

  @Test func aRecordingHasItsGrowth() {
    var state = States.digits(.running).typing("pane system").after(.enter, "z")
    for place in 0..<5 {
      state.recording = RecordingStatus(path: "run.tapedeck", byteCount: 1_000_000 + place * 20_000)
      state.take(sample(place))
    }
    #expect(screen(state).contains("1.1 MB +20.0 kB/s"))
  }

  @Test func aScriptHasItsOwnProcessAndItsDevices() {
    var state = States.digits(.running).typing("pane system").after(.enter, "z")
    let device = DeviceMemory(device: "cuda:0", allocated: 2_000_000_000, reserved: nil, total: 8_000_000_000)
    for place in 0..<3 { state.take(sample(place, script: true, devices: place == 0 ? [] : [device])) }
    let screen = screen(state)
    for word in ["script", "143 %", "cuda:0", "2.0 GB of 8.0 GB", "Tapedeck", "50 %"] {
      #expect(screen.contains(word), "\(word)")
    }
  }

  @Test func onlyTenMinutesAreKept() {
    var state = States.digits(.running).typing("pane system").after(.enter, "z")
    for place in 0..<700 { state.take(sample(place)) }
    #expect(screen(state).contains("last 10:00"))
  }

  @Test func everySizeIsDrawn() {
    var state = States.digits(.running).typing("pane system").after(.enter)
    for place in 0..<30 { state.take(sample(place, script: true)) }
    for width in 0...40 {
      for height in 0...20 {
        var buffer = Buffer(size: Size(width: width, height: height))
        state.draw(.system, into: &buffer, buffer.bounds)
      }
    }
  }
}
