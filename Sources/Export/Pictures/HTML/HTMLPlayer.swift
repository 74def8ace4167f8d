/// What plays an animation in the reader's browser.
enum HTMLPlayer {
  /// The rules of its controls.
  static let style = """
    p{display:flex;gap:.7em;align-items:center;font:14px system-ui,sans-serif}
    #at{width:min(60em,70vw)}

    """

  /// The script: a screen is what the changes before it have made of a blank one.
  static let script = #"""
    const rows=[...document.querySelectorAll('#screen>.r')],
      play=document.getElementById('play'),at=document.getElementById('at'),
      time=document.getElementById('time'),blocks={'▀':'u','▄':'l','█':'f'};
    let chars,styles,shown=-1,timer=null;
    function clear(){
      chars=Array.from({length:height},()=>Array(width).fill(' '));
      styles=Array.from({length:height},()=>Array(width).fill(0));
      shown=-1;
    }
    function draw(y){
      let html='',x=0;
      while(x<width){
        const style=styles[y][x],block=blocks[chars[y][x]];
        let text='';
        while(x<width&&styles[y][x]===style&&blocks[chars[y][x]]===block)text+=chars[y][x++];
        text=text.replace(/&/g,'&amp;').replace(/</g,'&lt;')
          .replace(/[^\0-\u024f\u0370-\u03ff\u2013\u2014\u2018-\u201d\u2022\u2026\u2500-\u259f]/gu,'<b>$&</b>');
        html+='<span class="s'+style+(block?' '+block:'')+'">'+text+'</span>';
      }
      rows[y].innerHTML=html;
    }
    function show(frame){
      const dirty=new Set();
      if(frame<shown){clear();for(let y=0;y<height;y++)dirty.add(y);}
      while(shown<frame){
        for(const [y,x,text,runs] of frames[++shown][1]){
          let place=x;
          for(const char of text)chars[y][place++]=char;
          place=x;
          for(let run=0;run<runs.length;run+=2)
            for(let count=0;count<runs[run+1];count++)styles[y][place++]=runs[run];
          dirty.add(y);
        }
      }
      dirty.forEach(draw);
      at.value=frame;
      time.value=(frames[frame][0]/1000).toFixed(1)+' / '+(length/1000).toFixed(1)+' s';
    }
    function next(){
      const last=shown===frames.length-1,end=last?length:frames[shown+1][0];
      timer=setTimeout(()=>{show(last?0:shown+1);next();},end-frames[shown][0]);
      label();
    }
    function stop(){clearTimeout(timer);timer=null;label();}
    function label(){
      play.textContent=timer===null?'▶':'▮▮';
      play.setAttribute('aria-label',timer===null?play.dataset.play:play.dataset.pause);
    }
    play.onclick=()=>timer===null?next():stop();
    at.oninput=()=>{stop();show(+at.value);};
    document.onkeydown=event=>{
      if(event.target!==document.body)return;
      if(event.key===' '){event.preventDefault();play.onclick();}
      const step={ArrowLeft:-1,ArrowRight:1}[event.key];
      if(step){stop();show(Math.min(frames.length-1,Math.max(0,shown+step)));}
    };
    clear();
    for(let y=0;y<height;y++)draw(y);
    show(0);
    matchMedia('(prefers-reduced-motion:reduce)').matches?stop():next();
    """#
}
