import Foundation
import Glibc
import Recording
import Testing
import Trace

/// A process that is killed while it records leaves a file that opens, with all but the last second.
struct KilledWriterTests {
  /// How often; the rest of the 200 times are run by `TAPEDECK_KILLS=200 swift test -c release --filter KilledWriterTests`.
  private static let kills = Int(ProcessInfo.processInfo.environment["TAPEDECK_KILLS"] ?? "") ?? 3

  @Test(.serialized, arguments: 0..<kills) func whatWasWrittenASecondAgoIsThere(kill: Int) async throws {
    let folder = try ScratchFolder()
    let path = folder.path()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, kill = kill as Int] in
      var dice = Dice(seed: UInt64(kill) &* 31 &+ UInt64(getpid()))
      let writer = try RecordingWriter(path: path)
      writer.record([.origin(Sample.origin()), .graph(step: 1, Sample.graph())])
      let begun = monotonic()
      let end = begun + Double.random(in: 0.3..<2.0, using: &dice)
      let progress = open(path + ".progress", O_WRONLY | O_CREAT | O_APPEND, 0o600)
      var step = 0
      while monotonic() < end {
        step += 1
        // A step of the fastest training takes longer.
        let next = monotonic() + 3e-5
        while monotonic() < next {}
        let seconds = monotonic() - begun
        if writer.wantsKeyframe(at: step, seconds: seconds, minimumInterval: 0) {
          writer.record([.keyframe(Sample.keyframe(step, width: 64))])
        }
        var row = Sample.scalars(step)
        row.seconds = seconds
        writer.record([.hash(step: step, UInt64(step)), .scalars(row)])
        if step % 100 == 0 {
          let line = Array("\(step) \(seconds)\n".utf8)
          _ = write(progress, line, line.count)
        }
      }
      Glibc.kill(getpid(), SIGKILL)
    }
    let lines = try String(contentsOfFile: path + ".progress", encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: " ") }
    let last = try #require(lines.last.flatMap { Double($0[1]) })
    let due = lines.last { Double($0[1]) ?? 0 <= last - 1 }.flatMap { Int($0[0]) } ?? 0
    let reader = try RecordingReader(path: path)
    #expect(!reader.isBeingWritten && !reader.isFinished)
    #expect(reader.lastStep >= due)
    let rows = try reader.scalars(in: 1...1_000_000, limit: 1_000_000)
    #expect(rows.map(\.step) == Array(1..<reader.lastStep + 1))
    #expect(rows.allSatisfy { $0.loss == Sample.scalars($0.step).loss })
    for step in reader.keyframeSteps {
      #expect(try reader.keyframe(at: step) == Sample.keyframe(step, width: 64))
    }
    #expect(reader.defects == [])
    // It can be gone on with, and is one file again then.
    let writer = try quietWriter(path, existing: .resume)
    writer.record([.scalars(Sample.scalars(reader.lastStep + 1))])
    writer.finish()
    #expect(try RecordingReader(path: path).lastStep == rows.count + 1)
  }
}

/// **Units**: seconds.
private func monotonic() -> Double { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
